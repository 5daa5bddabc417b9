/** Runs a guide as a reader would: files are saved, `sh` lines are run, and what a `text` block shows must have been said. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'vitest';
import { hecha, inFolder } from './hecha.js';

export interface Block {
  /** `sh`: commands; `text`: output of the last command, or parts of it; `console`: shown, not run. */
  readonly language: string;
  /** The file to save the block as. */
  readonly file: string | undefined;
  readonly content: string;
}

export const blocksOf = (text: string): readonly Block[] =>
  [...text.matchAll(/^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm)].map(([, language = '', file, content = '']) => ({
    language,
    file,
    content,
  }));

/** Runs the blocks in an empty folder beside which the sample notices stand; returns the commands that were run. */
export async function runGuide(blocks: readonly Block[]): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hecha-guide-'));
  symlinkSync(resolve('corpus'), join(folder, 'corpus'));
  const commands: string[] = [];
  let said = '';
  try {
    await inFolder(folder, async () => {
      for (const { language, file, content } of blocks) {
        if (file !== undefined) {
          mkdirSync(dirname(join(folder, file)), { recursive: true });
          writeFileSync(join(folder, file), content);
        } else if (language === 'sh') {
          for (const line of content.trim().split('\n')) {
            const [program, ...args] = line.split(' ');
            expect(program).toBe('hecha');
            const { status, out, err } = await hecha(...args);
            expect(status, `${line}\n${err}`).toBeLessThan(2);
            said = plain(`${out} ${err}`);
            commands.push(line);
          }
        } else if (language === 'text') {
          for (const line of content.trim().split('\n')) expect(said).toContain(plain(line));
        }
      }
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return commands;
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
