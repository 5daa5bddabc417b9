/** The guides are true: their commands run and say what is printed, their pictures are there, their links lead somewhere. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocksOf, runGuide } from './guide.js';

const TOURS = readdirSync('docs').filter((name) => name.startsWith('tour-'));
const PAGES = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const LARGEST_PICTURE = 150 * 1024;

describe('tours', () => {
  it.each(TOURS)('%s runs as printed', async (name) => {
    const commands = await runGuide(blocksOf(readFileSync(join('docs', name), 'utf8')));
    expect(commands.length).toBeGreaterThan(4);
  });
});

describe('pages', () => {
  it.each(PAGES)('%s links to what exists', (page) => {
    const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target);
    expect(links.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
  });

  it('have small pictures', () => {
    for (const name of readdirSync('docs/pictures')) {
      expect(statSync(join('docs/pictures', name)).size, name).toBeLessThan(LARGEST_PICTURE);
    }
  });
});
