/** Every command by the first word of its name, loaded when it is asked for. A new command is a file and a line here. */
import type { CliCommand } from './command.js';

const loaders: Readonly<Record<string, () => Promise<readonly CliCommand[]>>> = {
  demo: async () => [(await import('./demo.js')).demo],
  ingest: async () => [(await import('./ingest.js')).ingest],
  audit: async () => [(await import('./audit.js')).audit],
  extract: async () => [(await import('./extract.js')).extract],
  text: async () => [(await import('./text.js')).text],
  list: async () => [(await import('./list.js')).list],
  show: async () => [(await import('./show.js')).show],
  report: async () => [(await import('./report.js')).report],
  export: async () => [(await import('./export.js')).exportNotices],
  letter: async () => [(await import('./letter.js')).letter],
  compare: async () => [(await import('./compare.js')).compare],
  similar: async () => [(await import('./similar.js')).similar],
  serve: async () => [(await import('./serve.js')).serve],
  search: async () => [(await import('./search.js')).search],
  stats: async () => [(await import('./stats.js')).stats],
  verify: async () => [(await import('./verify.js')).verify],
  backup: async () => [(await import('./backup.js')).backup],
  enqueue: async () => [(await import('./enqueue.js')).enqueue],
  worker: async () => [(await import('./worker.js')).worker],
  eval: async () => [(await import('./eval.js')).evaluate],
  rules: async () => (await import('./rules.js')).ruleCommands,
};

/** The commands that a command line may mean: those that it names; all where it names none, or asks for help. */
export async function commandsFor(args: readonly string[]): Promise<readonly CliCommand[]> {
  const all = Object.keys(loaders);
  const named = args.includes('--help') || args.includes('-h') ? [] : all.filter((name) => args.includes(name));
  const wanted = named.length > 0 ? named : all;
  return (await Promise.all(wanted.map((name) => loaders[name]?.() ?? []))).flat();
}
