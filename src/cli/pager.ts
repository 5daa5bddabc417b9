/**
 * Long output on a terminal goes through a pager, as git does it: the command in `PAGER`, else `less`, which steps aside where all
 * fits on the screen. `PAGER=cat` switches it off.
 */
import { spawn } from 'node:child_process';

export interface Pager {
  write(text: string): void;
  /** Resolves when the reader has seen enough. */
  close(): Promise<void>;
}

/** The shell's ways to say that there is no such program. */
const NOT_FOUND: readonly (number | null)[] = [126, 127];

/**
 * Undefined where there shall be none: `PAGER` is empty, or the system is known for having none.
 * @param print used where the pager cannot be started
 */
export function openPager(env: NodeJS.ProcessEnv, print: (text: string) => void): Pager | undefined {
  const command = env.PAGER ?? (process.platform === 'win32' ? '' : 'less');
  if (command.trim() === '') return undefined;

  // -F leaves where all fits, -R lets colours through, -X keeps what was shown. From inside nothing can be started.
  const pager = spawn(command, {
    shell: true,
    stdio: ['pipe', 'inherit', 'ignore'],
    env: { LESS: 'FRX', LESSCHARSET: 'utf-8', ...env, LESSSECURE: '1' },
  });
  const written: string[] = [];
  // Ctrl+C is the pager's while it is open.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  // Who leaves the pager early reads no further.
  pager.stdin.on('error', ignore);
  const ended = new Promise<boolean>((resolve) => {
    pager.on('error', () => resolve(false));
    pager.on('close', (status) => resolve(!NOT_FOUND.includes(status)));
  });
  return {
    write: (text) => {
      written.push(text);
      pager.stdin.write(text);
    },
    close: async () => {
      pager.stdin.end();
      const shown = await ended;
      process.off('SIGINT', ignore);
      if (!shown) print(written.join(''));
    },
  };
}
