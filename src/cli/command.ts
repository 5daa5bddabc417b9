/** What a command is. Its words stand in the catalogue: `cli.NAME.summary`, `cli.NAME.OPTION`. */
import type { CommandContext, ExitStatus } from './context.js';

export interface CommandOption {
  /** As commander takes it: `--format <kind>`. */
  readonly flags: string;
  readonly default?: string | number | boolean;
  readonly choices?: readonly string[];
  /** May be given several times. */
  readonly many?: boolean;
}

export type OptionValues = Readonly<Record<string, unknown>>;

export interface CliCommand {
  /** `rules test` is a command of the group `rules`. */
  readonly name: string;
  /** As commander takes them: `<file>`, `[paths...]`. */
  readonly args?: string;
  readonly options?: readonly CommandOption[];
  /** Command lines that a test runs; shown in `--help`. */
  readonly examples: readonly string[];
  /** What it prints may be long: on a terminal it is paged. */
  readonly paged?: true;
  run(context: CommandContext, args: readonly string[], options: OptionValues): Promise<ExitStatus>;
}
