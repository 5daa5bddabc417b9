/**
 * The noun that a number counts: the characters right after it (126家企业), else those right before it (建会企业126家), up
 * to a word that no noun holds. Characters serve here, since words would cost the dictionary for every notice.
 */
import type { Quantity } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';

const LONGEST = 8;
const HAN = /^[\u4e00-\u9fff]+/;
const HAN_AT_END = /[\u4e00-\u9fff]+$/;

/** '' where no noun stands beside the number. Words that end a noun are the list NOUN_ENDS. */
export function nounBeside(rules: RuleSet, view: View, quantity: Quantity): string {
  if (quantity.kind !== 'count') return '';
  const ends = rules.lists.get('NOUN_ENDS') ?? [];
  const after = HAN.exec(view.masked.slice(quantity.end, quantity.end + LONGEST))?.[0] ?? '';
  const cut = Math.min(after.length, ...ends.map((word) => after.indexOf(word)).filter((at) => at >= 0));
  if (cut >= 2) return view.text.slice(quantity.end, quantity.end + cut);
  const before = HAN_AT_END.exec(view.masked.slice(Math.max(0, quantity.start - LONGEST), quantity.start))?.[0] ?? '';
  const from = Math.max(0, ...ends.map((word) => before.lastIndexOf(word) + (before.includes(word) ? word.length : 0)));
  return before.length - from >= 2 ? view.text.slice(quantity.start - before.length + from, quantity.start) : '';
}
