import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openPager } from '../../src/cli/pager.js';

const folder = mkdtempSync(join(tmpdir(), 'hecha-pager-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('hands everything to the pager that the user chose, and starts nothing from inside it', async () => {
  const file = join(folder, 'seen');
  const printed: string[] = [];
  const pager = openPager({ ...process.env, PAGER: `(cat; echo "secure $LESSSECURE") > '${file}'` }, (text) =>
    printed.push(text),
  );
  pager?.write('一\n');
  pager?.write('二\n');
  await pager?.close();
  expect(readFileSync(file, 'utf8')).toBe('一\n二\nsecure 1\n');
  expect(printed).toEqual([]);
});

it('prints where there is no pager', async () => {
  const printed: string[] = [];
  const pager = openPager({ ...process.env, PAGER: '/nowhere/less' }, (text) => printed.push(text));
  pager?.write('一\n');
  pager?.write('二\n');
  await pager?.close();
  expect(printed.join('')).toBe('一\n二\n');
});

it('minds nothing where the reader leaves early', async () => {
  const printed: string[] = [];
  const pager = openPager({ ...process.env, PAGER: 'true' }, (text) => printed.push(text));
  for (let line = 0; line < 1000; line += 1) pager?.write(`${'长'.repeat(200)}\n`);
  await pager?.close();
  expect(printed).toEqual([]);
});

it('is not there where the user wants none', () => {
  expect(openPager({ PAGER: '' }, () => undefined)).toBeUndefined();
});
