/** What holds, or does not, between several notices, with what people decided about it: as every report of several shows it. */
import type { Comparison, CrossCheck } from '../compare/comparison.js';
import { type Review, STANDINGS, type Standing, standingOf } from './entry.js';

export interface BetweenNotices {
  readonly comparison: Comparison;
  /** Decisions on its checks, by their key. */
  readonly reviews: ReadonlyMap<string, Review>;
}

export interface JudgedBetween {
  readonly check: CrossCheck;
  readonly standing: Standing;
  readonly review?: Review;
}

/** Id, in an HTML report, of a check between notices. */
export const betweenAnchor = ({ key }: CrossCheck): string => `x-${key}`;

/** Every check with its standing, gravest first. */
export function judgedBetween({ comparison, reviews }: BetweenNotices): readonly JudgedBetween[] {
  const judged = comparison.checks.map((check): JudgedBetween => {
    const review = reviews.get(check.key);
    return { check, standing: standingOf(check, review), ...(review === undefined ? {} : { review }) };
  });
  return judged.sort((a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing));
}

/** Names of the units of a comparison, by `document.id`. */
export function unitNames({ notices }: Comparison): (document: string) => string {
  const names = new Map(notices.map(({ document, unit }) => [document, unit]));
  return (document) => names.get(document) ?? document;
}
