/** A real notice with its reviewed record, where `HECHA_SEED_DIR` names them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGold } from '../src/evaluate/gold.js';
import { PARTS, score } from '../src/evaluate/score.js';
import { readDocument } from '../src/read/index.js';
import { toRecord } from '../src/record.js';
import { testPipeline } from './pipeline.js';

const folder = process.env.HECHA_SEED_DIR;
const file = folder === undefined ? undefined : join(folder, 'notice.txt');

describe.skipIf(file === undefined || !existsSync(file))('the seed (HECHA_SEED_DIR)', () => {
  it('gives its gold record exactly, and no false error', async () => {
    const [document] = await readDocument(readFileSync(file as string), { source: 'notice.txt' });
    if (document === undefined) throw new Error('the seed cannot be read');
    const record = toRecord(testPipeline().analyse(document), 'zh');
    const scores = score(record, readGold(join(folder as string, 'notice.gold.json'), 'zh'));
    for (const part of PARTS)
      expect({ part, missing: scores[part].missing, extra: scores[part].extra }).toEqual({
        part,
        missing: [],
        extra: [],
      });
    expect([record.sections.length, record.findings.length]).toEqual([6, 17]);
    expect(record.findings.flatMap(({ titles }) => titles)).toHaveLength(18);
    expect(record.findings.flatMap(({ measures }) => measures)).toHaveLength(83);
    expect(record.checks.filter(({ verdict }) => verdict === 'inconsistent')).toEqual([]);
  });
});
