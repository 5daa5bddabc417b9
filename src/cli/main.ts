#!/usr/bin/env -S MALLOC_ARENA_MAX=2 GLIBC_TUNABLES=glibc.malloc.hugetlb=1 node --no-regexp-tier-up --no-concurrent-marking --no-concurrent-sweeping --interrupt-budget=600000
/**
 * The command line: finds the command, runs it, turns its outcome into an exit status.
 *
 * The engine's options above halve what a batch costs: nearly every expression of the rules is tried more than once and had
 * better be compiled at once, and garbage collected in the background takes cores that other threads analyse on. They
 * must stand on the command line: set while the program runs, they made one run in a hundred crash. Two arenas of the
 * system's allocator are enough for parsers and database; more only keep memory that nobody uses. In large pages the dictionary
 * loads in a quarter of the time.
 */
import { pathToFileURL } from 'node:url';
import { Command, CommanderError, Option } from 'commander';
import picocolors from 'picocolors';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import type { CliCommand, OptionValues } from './command.js';
import { commandsFor } from './commands.js';
import {
  createContext,
  DEFAULT_STORE,
  EXIT,
  type ExitStatus,
  type GlobalOptions,
  type Output,
  readConfig,
  version,
} from './context.js';
import { openPager } from './pager.js';

/** Language of the help, needed before the options are parsed. */
function languageOf(args: readonly string[], fallback: Language): Language {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  const value = args[at]?.includes('=') ? args[at]?.split('=')[1] : args[at + 1];
  return at >= 0 && (value === 'zh' || value === 'en') ? value : fallback;
}

const outputOf = (stream: NodeJS.WriteStream): Output => ({
  write: (text) => void stream.write(text),
  isTTY: stream.isTTY === true,
  columns: stream.columns ?? 100,
});

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** Runs the command line `args` (without node and script) and returns the exit status. */
export async function main(args: readonly string[]): Promise<ExitStatus> {
  const out = outputOf(process.stdout);
  const err = outputOf(process.stderr);
  let language: Language = 'zh';
  try {
    const config = await readConfig(process.cwd());
    language = languageOf(args, config.lang ?? 'zh');
    let status: ExitStatus = EXIT.fine;
    const program = new Command('hecha')
      .description(say(language, 'cli.summary'))
      .version(version())
      .addOption(new Option('--lang <language>', say(language, 'cli.lang')).choices(['zh', 'en']).default(language))
      .option('--rules <folder>', say(language, 'cli.rules'), collect)
      .option('--disable <rule>', say(language, 'cli.disable'), collect)
      .option('--store <path>', say(language, 'cli.store'), config.store ?? DEFAULT_STORE)
      .configureHelp({ showGlobalOptions: true })
      .helpCommand(false)
      .exitOverride();
    for (const command of await commandsFor(args)) {
      addCommand(program, command, language, async (positional, options) => {
        const global = program.opts<{ rules?: string[]; disable?: string[]; store: string }>();
        const configured = typeof config.rules === 'string' ? [config.rules] : (config.rules ?? []);
        const globals: GlobalOptions = {
          lang: language,
          rules: [...configured, ...(global.rules ?? [])],
          disable: [...(config.disable ?? []), ...(global.disable ?? [])],
          store: global.store,
          ...(config.letter === undefined ? {} : { letter: config.letter }),
        };
        const pager = command.paged && out.isTTY ? openPager(process.env, out.write) : undefined;
        const shown: Output = pager === undefined ? out : { ...out, write: pager.write };
        try {
          const color = picocolors.isColorSupported && out.isTTY;
          status = await command.run(createContext(globals, shown, err, color), positional, options);
        } finally {
          await pager?.close();
        }
      });
    }
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.failed;
    if (!(error instanceof InputError)) throw error;
    err.write(`${error.toLine()}\n`);
    return EXIT.failed;
  }
}

function addCommand(
  program: Command,
  command: CliCommand,
  language: Language,
  act: (positional: readonly string[], options: OptionValues) => Promise<void>,
): void {
  const key = `cli.${command.name.replaceAll(' ', '.')}`;
  const [first, second] = command.name.split(' ');
  const group = second === undefined ? program : groupOf(program, first as string, language);
  const added = group
    .command(`${second ?? first} ${command.args ?? ''}`.trim())
    .description(say(language, `${key}.summary`))
    .addHelpText(
      'after',
      `\n${say(language, 'cli.examples')}\n${command.examples.map((line) => `  $ ${line}`).join('\n')}\n`,
    );
  for (const option of command.options ?? []) {
    const name = /--([a-z-]+)/.exec(option.flags)?.[1] ?? option.flags;
    const made = new Option(option.flags, say(language, `${key}.${name}`));
    if (option.default !== undefined) made.default(option.default);
    if (option.choices !== undefined) made.choices(option.choices);
    if (option.many === true) made.argParser(collect as never);
    added.addOption(made);
  }
  added.action(async (...given: unknown[]) => {
    const options = added.opts<OptionValues>();
    await act(
      given
        .slice(0, -2)
        .flat()
        .filter((value): value is string => typeof value === 'string'),
      options,
    );
  });
}

function groupOf(program: Command, name: string, language: Language): Command {
  return (
    program.commands.find((command) => command.name() === name) ??
    program.command(name).description(say(language, `cli.${name}.summary`))
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(await realPath(process.argv[1])).href) {
  // A reader that has seen enough (`| head`) leaves; the work goes on, and so does the exit status.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.exitCode = await main(process.argv.slice(2));
}

/** npm links the command: the script's own path is behind the link. */
async function realPath(path: string): Promise<string> {
  const { realpath } = await import('node:fs/promises');
  return realpath(path).catch(() => path);
}
