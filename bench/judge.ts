/**
 * Judges written cases: notices with one fault each, and notices without any. `npm run judge FILE…`, each a YAML list of
 * `{id, text}` (correct) or `{id, kind, quote, text}` (a fault of one of the kinds, at the quote); `--missed` shows the rest.
 * Prints recall by kind of fault, and errors and warnings on what is correct.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { CheckResult, Severity } from '../src/model.js';
import { ARITHMETIC, isAlarm, isFailure, makePipeline, percent, print } from './notices.js';

const severity = z.enum(['error', 'warning', 'info']);
const word = z.union([z.string(), z.array(z.string())]).transform((words) => [words].flat());
const fileOf = z.array(
  z.object({
    id: z.string(),
    text: z.string(),
    why: z.string().default(''),
    kind: word.optional(),
    severity: severity.optional(),
    quote: z.string().optional(),
  }),
);
type Case = z.infer<typeof fileOf>[number];

const WEIGHT: readonly Severity[] = ['info', 'warning', 'error'];
const isHeavier = (a: Severity, b: Severity): boolean => WEIGHT.indexOf(a) > WEIGHT.indexOf(b);

/** Any kind that holds numbers against each other fits a fault of another such kind. */
const fits = (kinds: readonly string[], kind: string): boolean =>
  kinds.includes(kind) || (ARITHMETIC.includes(kind) && kinds.some((other) => ARITHMETIC.includes(other)));

function rightlyTold({ text, quote = '', kind = [] }: Case, { kind: told, evidence }: CheckResult): boolean {
  const start = text.indexOf(quote);
  const end = start + quote.length;
  return fits(kind, told) && evidence.some((place) => place.start < end && start < place.end);
}

const said = ({ verdict, severity: weight, check, message }: CheckResult): string =>
  `${verdict} ${weight} [${check}] ${message.zh}`;

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const pipeline = makePipeline('judge');
  const byKind = new Map<string, { tried: number; told: number; heavier: number }>();
  let [correct, withErrors, withWarnings] = [0, 0, 0];
  for (const file of args.filter((arg) => !arg.startsWith('--'))) {
    for (const one of fileOf.parse(parse(readFileSync(file, 'utf8')))) {
      const [document] = await pipeline.read(Buffer.from(one.text), { source: `${one.id}.txt` });
      if (document === undefined) throw new Error(`${one.id}: nothing to read`);
      if (document.text !== one.text.trimEnd() && document.text !== one.text)
        print(`${one.id}: the reader changed the text; places may be off`);
      const failures = pipeline.analyse(document).checks.filter(isFailure);
      if (one.quote === undefined) {
        const alarms = failures.filter(isAlarm);
        correct += 1;
        withErrors += alarms.some((check) => check.severity === 'error') ? 1 : 0;
        withWarnings += alarms.some((check) => check.severity === 'warning') ? 1 : 0;
        if (alarms.length > 0) print(`FALSE   ${one.id}: ${one.why}`);
        for (const alarm of alarms) print(`          ${said(alarm)}`);
        continue;
      }
      const kind = one.kind?.[0] ?? '';
      const tally = byKind.get(kind) ?? { tried: 0, told: 0, heavier: 0 };
      byKind.set(kind, tally);
      const told = failures.filter((check) => rightlyTold(one, check));
      const heavier = failures.filter((check) => one.severity !== undefined && isHeavier(check.severity, one.severity));
      tally.tried += 1;
      tally.told += told.length > 0 ? 1 : 0;
      tally.heavier += heavier.length > 0 ? 1 : 0;
      for (const check of heavier) print(`HEAVY   ${one.id} (${one.severity}): ${said(check)}`);
      if (told.length > 0 || !args.includes('--missed')) continue;
      print(`MISSED  ${one.id} [${one.kind?.join(' ')}, ${one.severity}] 「${one.quote}」 ${one.why}`);
      for (const line of one.text.trim().split('\n')) print(`          | ${line}`);
      for (const check of failures) print(`          ${said(check)}`);
    }
  }
  const rows = [...byKind].sort(([a], [b]) => a.localeCompare(b));
  for (const [kind, { tried, told, heavier }] of rows)
    print(
      `${percent(told / tried).padStart(7)}  ${String(tried).padStart(3)}  ${kind}${heavier > 0 ? ` (${heavier} heavier than meant)` : ''}`,
    );
  const [tried, told] = (['tried', 'told'] as const).map((what) =>
    rows.reduce((sum, [, row]) => sum + row[what], 0),
  ) as [number, number];
  if (tried > 0) print(`${percent(told / tried).padStart(7)}  ${tried}  faults`);
  if (correct > 0) print(`${correct} correct: ${withErrors} with an error, ${withWarnings} with a warning`);
  return withErrors > 0 ? 1 : 0;
}

process.exitCode = await main();
