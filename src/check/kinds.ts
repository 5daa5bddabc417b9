/** Every kind of check. A new kind is a file and a line here. */

import { again } from './again.js';
import { body } from './body.js';
import { breakdown } from './breakdown.js';
import { change } from './change.js';
import { contradiction } from './contradiction.js';
import { count } from './count.js';
import { coverage } from './coverage.js';
import { dates } from './dates.js';
import { duplicate } from './duplicate.js';
import { echo } from './echo.js';
import { groups } from './groups.js';
import type { CheckKind } from './kind.js';
import { open } from './open.js';
import { ordinals } from './ordinals.js';
import { presence } from './presence.js';
import { privacy } from './privacy.js';
import { product } from './product.js';
import { rate } from './rate.js';
import { repeat } from './repeat.js';
import { share } from './share.js';
import { span } from './span.js';
import { sum } from './sum.js';
import { table } from './table.js';
import { team } from './team.js';
import { term } from './term.js';
import { unit } from './unit.js';
import { vague } from './vague.js';
import { weekday } from './weekday.js';

export const kinds: readonly CheckKind[] = [
  rate,
  sum,
  breakdown,
  change,
  product,
  share,
  groups,
  table,
  unit,
  repeat,
  again,
  count,
  weekday,
  span,
  dates,
  body,
  contradiction,
  coverage,
  duplicate,
  echo,
  open,
  ordinals,
  presence,
  privacy,
  team,
  term,
  vague,
];
