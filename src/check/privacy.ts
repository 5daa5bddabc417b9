/**
 * Personal data that a public notice should not show: mobile and identity numbers, bank cards, and what rule files name
 * (home addresses, illnesses). Messages show no number in full.
 */
import { z } from 'zod';
import type { Span } from '../model.js';
import type { CheckContext, CheckKind, Judgement } from './kind.js';
import { signs } from './wording.js';

const parameters = z.union([
  z.strictObject({ number: z.literal('mobile') }),
  /** Numbers whose check character is right, or that one of the words of `near` announces. */
  z.strictObject({ number: z.literal('identity'), near: z.array(z.string()).min(1) }),
  /**
   * Numbers that are cards only where one of the words of `near` stands shortly before them, and their check digit is right
   * or one of the words of `named` right before them calls them so.
   */
  z.strictObject({
    number: z.literal('card'),
    near: z.array(z.string()).min(1),
    named: z.array(z.string()).default([]),
  }),
  z.strictObject({ sign: z.string() }),
]);
type PrivacyParameters = z.infer<typeof parameters>;

export const privacy: CheckKind<PrivacyParameters> = {
  kind: 'privacy',
  parameters,
  run: (context, _rule, given) => placesOf(context, given).map((span) => judge(context, span)),
};

function judge({ locate, view }: CheckContext, span: Span): Judgement {
  return {
    verdict: 'observed',
    stated: masked(view.text.slice(span.start, span.end)),
    evidence: [locate.evidence(span)],
  };
}

/** The first three and the last two characters of what can be recognised; words keep their first. */
const masked = (written: string): string =>
  /\d{4}/u.test(written.replace(/[\s-]/gu, ''))
    ? `${written.slice(0, 3)}${'*'.repeat(Math.max(4, written.length - 5))}${written.slice(-2)}`
    : `${written.slice(0, 2)}${'*'.repeat(Math.max(2, written.length - 2))}`;

function placesOf(context: CheckContext, given: PrivacyParameters): readonly Span[] {
  if ('sign' in given) return signs(context, given.sign);
  const { folded } = context.view;
  switch (given.number) {
    case 'mobile':
      return found(folded, /(?<![0-9.-])1[3-9][0-9](?:[0-9]{8}|[ -][0-9]{4}[ -][0-9]{4})(?![0-9.]|-[0-9])/g);
    case 'identity':
      return found(folded, /(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])/g).filter((span) => {
        const written = folded.slice(span.start, span.end);
        return hasBirthday(written) && (checksOut(written) || isAnnounced(folded, span, given.near));
      });
    case 'card':
      return found(
        folded,
        /(?<![0-9.])[1-9][0-9]{3}(?:[0-9]{12,15}|(?: [0-9]{4}){3}(?: [0-9]{1,3})?)(?![0-9])/g,
      ).filter(
        (span) =>
          isAnnounced(folded, span, given.near) &&
          (isNamed(folded, span, given.named) || passesLuhn(folded.slice(span.start, span.end).replaceAll(' ', ''))),
      );
  }
}

const found = (text: string, pattern: RegExp): readonly Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: words }) => ({ start: index, end: index + words.length }));

const isAnnounced = (text: string, { start }: Span, words: readonly string[]): boolean =>
  words.some((word) => text.slice(Math.max(0, start - 16), start).includes(word));

const isNamed = (text: string, { start }: Span, words: readonly string[]): boolean => {
  const before = text.slice(Math.max(0, start - 16), start).replace(/[\s：:为是]+$/u, '');
  return words.some((word) => before.endsWith(word));
};

const hasBirthday = (written: string): boolean =>
  /^[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])/.test(written);

/** GB 11643: weights 2^(17−i) mod 11, check characters 1 0 X 9 8 7 6 5 4 3 2. */
function checksOut(written: string): boolean {
  let sum = 0;
  for (let at = 0; at < 17; at += 1) sum += Number(written[at]) * (2 ** (17 - at) % 11);
  return '10X98765432'.charAt(sum % 11) === written.charAt(17).toUpperCase();
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
