/** Every command. A new command is a file and a line here. */
import { audit } from './audit.js';
import type { CliCommand } from './command.js';
import { extract } from './extract.js';
import { text } from './text.js';

export const commands: readonly CliCommand[] = [audit, extract, text];
