/** Every command. A new command is a file and a line here. */
import { audit } from './audit.js';
import { backup } from './backup.js';
import type { CliCommand } from './command.js';
import { compare } from './compare.js';
import { demo } from './demo.js';
import { enqueue } from './enqueue.js';
import { evaluate } from './eval.js';
import { exportNotices } from './export.js';
import { extract } from './extract.js';
import { ingest } from './ingest.js';
import { letter } from './letter.js';
import { list } from './list.js';
import { report } from './report.js';
import { ruleCommands } from './rules.js';
import { search } from './search.js';
import { serve } from './serve.js';
import { show } from './show.js';
import { similar } from './similar.js';
import { stats } from './stats.js';
import { text } from './text.js';
import { verify } from './verify.js';
import { worker } from './worker.js';

export const commands: readonly CliCommand[] = [
  demo,
  ingest,
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
  serve,
  search,
  stats,
  verify,
  backup,
  enqueue,
  worker,
  evaluate,
  ...ruleCommands,
];
