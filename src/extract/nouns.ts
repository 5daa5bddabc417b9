/**
 * The noun that a number counts: the characters right after it (126家企业), else those right before it (建会企业126家), up
 * to a word that no noun holds. Characters serve here, since words would cost the dictionary for every notice.
 */
import type { Quantity } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { onceFor } from '../text.js';

const LONGEST = 8;
/** An end that begins inside the longest noun is seen whole. */
const LONGEST_END = 1;
const HAN = /^[\u4e00-\u9fff]+/;
const HAN_AT_END = /[\u4e00-\u9fff]+$/;

/** '' where no noun stands beside the number. Words that end a noun are the list NOUN_ENDS, but not inside one of NOUN_KEEPS. */
export function nounBeside(rules: RuleSet, view: View, quantity: Quantity): string {
  if (quantity.kind !== 'count') return '';
  const ends = rules.lists.get('NOUN_ENDS') ?? [];
  const open = withoutKept(rules);
  const after = open(HAN.exec(view.masked.slice(quantity.end, quantity.end + LONGEST + LONGEST_END))?.[0] ?? '');
  const cut = Math.min(after.length, LONGEST, ...ends.map((word) => after.indexOf(word)).filter((at) => at >= 0));
  if (cut >= 2) return view.text.slice(quantity.end, quantity.end + cut);
  const near = view.masked.slice(Math.max(0, quantity.start - LONGEST), quantity.start);
  const before = open(HAN_AT_END.exec(near)?.[0] ?? '');
  const from = Math.max(0, ...ends.map((word) => before.lastIndexOf(word) + (before.includes(word) ? word.length : 0)));
  return before.length - from >= 2 ? view.text.slice(quantity.start - before.length + from, quantity.start) : '';
}

/** Blots out words in which an end ends nothing: the 组织 of 党组织. */
const withoutKept = onceFor((rules: RuleSet): ((text: string) => string) => {
  const words = rules.lists.get('NOUN_KEEPS') ?? [];
  if (words.length === 0) return (text) => text;
  const kept = rules.compile('{NOUN_KEEPS}', 'folded').regex;
  return (text) => text.replace(kept, (word) => KEPT.repeat(word.length));
});

const KEPT = '□';
