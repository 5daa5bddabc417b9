/** Every command. A new command is a file and a line here. */
import { audit } from './audit.js';
import type { CliCommand } from './command.js';
import { compare } from './compare.js';
import { evaluate } from './eval.js';
import { exportNotices } from './export.js';
import { extract } from './extract.js';
import { letter } from './letter.js';
import { list } from './list.js';
import { report } from './report.js';
import { ruleCommands } from './rules.js';
import { show } from './show.js';
import { similar } from './similar.js';
import { text } from './text.js';

export const commands: readonly CliCommand[] = [
  audit,
  extract,
  text,
  list,
  show,
  report,
  exportNotices,
  letter,
  compare,
  similar,
  evaluate,
  ...ruleCommands,
];
