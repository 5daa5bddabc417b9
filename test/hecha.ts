/** Runs the command line within this process, so that the dictionary is loaded once, and keeps what it prints. */
import { vi } from 'vitest';
import { main } from '../src/cli/main.js';

export interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export async function hecha(...args: readonly string[]): Promise<Run> {
  let out = '';
  let err = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    out += String(chunk);
    return true;
  });
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
    err += String(chunk);
    return true;
  });
  try {
    const status = await main(args);
    return { status, out, err };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
  }
}

/** Does `work` with `folder` as the working folder. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
}
