import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isAlarm, makePipeline } from './notices.js';
const pipeline = makePipeline('judge');
for (const one of parse(readFileSync(process.argv[2] ?? '', 'utf8')) as any[]) {
  const [document] = await pipeline.read(Buffer.from(one.text), { source: `${one.id}.txt` });
  for (const c of pipeline.analyse(document!).checks.filter(isAlarm)) {
    const ev = c.evidence; const a = Math.min(...ev.map((v) => v.start)), b = Math.max(...ev.map((v) => v.end));
    console.log(`${one.id} ${c.severity} ${c.check}: ${c.message.zh}\n      …${one.text.slice(Math.max(0, a - 60), Math.min(b + 40, a + 260)).replaceAll('\n', '⏎')}`);
  }
}
