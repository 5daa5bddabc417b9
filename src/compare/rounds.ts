/**
 * Notices of one unit on one round of inspection: two papers of one date must agree (`agreement`), and a later one must
 * not lose what the earlier one reported (`progress`).
 */

import { fold } from '../fold.js';
import type { FigureRecord } from '../model.js';
import { daysInclusive } from '../number/dates.js';
import { add, cmp, parseDecimal, sub, toDecimal, ZERO } from '../number/rational.js';
import { isOpen } from '../record.js';
import type { CrossCheck, CrossKind } from './comparison.js';
import { crossCheck, figureOperand, noticeName } from './cross-check.js';
import { crossEvidence, type Entry, type EntryFinding } from './entry.js';
import { likeness } from './likeness.js';
import { compareStatements, type Statements, type Timing } from './statements.js';
import type { Vocabulary } from './vocabulary.js';

export type SameRound = 'certain' | 'likely' | 'no';

/** Whether both notices answer one inspection; `likely` where they do not state enough to be sure. */
export function sameRound(a: Entry, b: Entry): SameRound {
  const [one, other] = [a.inspection, b.inspection];
  if (one.kind !== undefined && other.kind !== undefined && one.kind !== other.kind) return 'no';
  for (const date of ['start', 'feedback', 'end'] as const) {
    if (one[date] !== undefined && other[date] !== undefined) return one[date] === other[date] ? 'certain' : 'no';
  }
  if (one.team !== undefined && other.team !== undefined && fold(one.team) !== fold(other.team)) return 'no';
  const years = [a.identity.year, b.identity.year];
  const [first, second] = years;
  return first === undefined || second === undefined || Math.abs(first - second) <= 1 ? 'likely' : 'no';
}

/** When `later` was published, seen from `earlier`; `unknown` too where it turns out to be the older one. */
export function timingOf(earlier: Entry, later: Entry): Timing {
  const [before, after] = [earlier.inspection.published, later.inspection.published];
  if (before === undefined || after === undefined || before > after) return 'unknown';
  return before === after ? 'same' : 'later';
}

/** A paper within this many days is another version of the same report; after them it is a follow-up. */
const ONE_REPORT_DAYS = 31;

function kindOf(earlier: Entry, later: Entry): CrossKind {
  const [before, after] = [earlier.inspection.published, later.inspection.published];
  return before !== undefined && after !== undefined && daysInclusive(before, after) > ONE_REPORT_DAYS
    ? 'progress'
    : 'agreement';
}

export const headlines = (entry: Entry): Statements => ({
  entry,
  figures: entry.figures.filter((figure) => figure.scope === 'headline'),
});

const SAME_TITLE = 0.6;

/** The finding of `entry` that is about the same problem. */
function counterpart(finding: EntryFinding, entry: Entry): EntryFinding | undefined {
  let best: { readonly finding: EntryFinding; readonly likeness: number } | undefined;
  for (const other of entry.findings) {
    const closest = Math.max(0, ...finding.titles.flatMap((a) => other.titles.map((b) => likeness(a, b))));
    if (closest >= SAME_TITLE && closest > (best?.likeness ?? 0)) best = { finding: other, likeness: closest };
  }
  return best?.finding;
}

/** What became of each problem whose state the earlier notice gives. */
function compareFindings(earlier: Entry, later: Entry, vocabulary: Vocabulary): readonly CrossCheck[] {
  if (later.findings.length === 0) return [];
  const { figures } = headlines(later);
  const allDone = allDoneFigure(figures, vocabulary);
  // What the later notice says is left stands beside an item that it does not name.
  const openLeft = allDone === undefined ? openFigures(figures, vocabulary) : [allDone];
  return earlier.findings.flatMap((finding): readonly CrossCheck[] => {
    const wasOpen = isOpen(finding.status);
    if (!wasOpen && finding.status !== 'completed') return [];
    const match = counterpart(finding, later);
    const reading = ((): 'followed' | 'allDone' | 'vanished' | 'reopened' | undefined => {
      if (match === undefined) {
        if (!wasOpen) return undefined;
        return allDone === undefined ? 'vanished' : 'allDone';
      }
      if (wasOpen) return 'followed';
      return isOpen(match.status) ? 'reopened' : undefined;
    })();
    if (reading === undefined) return [];
    const title = finding.titles[0] ?? '';
    const isLost = reading === 'vanished' || reading === 'reopened';
    return [
      crossCheck({
        kind: 'progress',
        subject: title,
        verdict: isLost ? 'observed' : 'consistent',
        severity: 'warning',
        code: `compare.progress.${reading}`,
        values: {
          unit: earlier.identity.unit,
          title,
        },
        names: { laterNotice: noticeName(later) },
        mode: reading,
        between: [earlier, later],
        operands: [
          {
            name: 'earlier',
            document: earlier.identity.document,
            stated: title,
            evidence: crossEvidence(earlier, finding.evidence),
          },
          ...(match === undefined
            ? []
            : [
                {
                  name: 'later',
                  document: later.identity.document,
                  stated: match.titles[0] ?? '',
                  evidence: crossEvidence(later, match.evidence),
                },
              ]),
          ...(match === undefined ? openLeft.map((figure) => figureOperand(later, figure)) : []),
        ],
      }),
    ];
  });
}

const only = (figures: readonly FigureRecord[], metric: string): FigureRecord | undefined => {
  const found = figures.filter((figure) => figure.metric === metric && figure.qualifier === 'exact');
  return new Set(found.map((figure) => figure.value)).size === 1 ? found[0] : undefined;
};

const amountOf = (figure: FigureRecord) => parseDecimal(figure.value) ?? ZERO;

/** The figure that says that everything is done; undefined where the notice does not say so. */
function allDoneFigure(figures: readonly FigureRecord[], { remainders }: Vocabulary): FigureRecord | undefined {
  for (const { total, done } of remainders) {
    const [whole, part] = [only(figures, total), only(figures, done)];
    if (whole !== undefined && part !== undefined && cmp(amountOf(whole), amountOf(part)) === 0) return part;
  }
  return undefined;
}

const openFigures = (figures: readonly FigureRecord[], { openMetrics }: Vocabulary): readonly FigureRecord[] =>
  openMetrics.flatMap((metric) => only(figures, metric) ?? []);

/** Open items may only go where the done ones grow. */
function compareOpenCounts(earlier: Statements, later: Statements, vocabulary: Vocabulary): readonly CrossCheck[] {
  return vocabulary.remainders.flatMap(({ total, done }): readonly CrossCheck[] => {
    const [wholeBefore, wholeAfter] = [only(earlier.figures, total), only(later.figures, total)];
    const [doneBefore, doneAfter] = [only(earlier.figures, done), only(later.figures, done)];
    if (doneBefore === undefined || doneAfter === undefined) return [];
    if (wholeBefore !== undefined && wholeAfter !== undefined && wholeBefore.value !== wholeAfter.value) return [];
    const [openBefore, openAfter] = [earlier, later].map(({ figures }) => openFigures(figures, vocabulary)) as [
      readonly FigureRecord[],
      readonly FigureRecord[],
    ];
    if (openBefore.length === 0 || openAfter.length === 0) return [];
    const count = (figures: readonly FigureRecord[]) => figures.map(amountOf).reduce(add, ZERO);
    const gone = sub(count(openBefore), count(openAfter));
    const finished = sub(amountOf(doneAfter), amountOf(doneBefore));
    // Where done ones fell, that is the finding; the open ones would only repeat it.
    if (finished.n < 0n) return [];
    const vanished = sub(gone, finished);
    const holds = vanished.n <= 0n;
    return [
      crossCheck({
        kind: 'progress',
        subject: `${total} - ${done}`,
        verdict: holds ? 'consistent' : 'observed',
        severity: 'warning',
        code: holds ? 'compare.progress.openAccounted' : 'compare.progress.openLost',
        values: {
          unit: earlier.entry.identity.unit,
          gone: toDecimal(gone),
          finished: toDecimal(finished),
          vanished: toDecimal(vanished),
        },
        mode: 'exact',
        operands: [
          ...[doneBefore, ...openBefore].map((figure) => figureOperand(earlier.entry, figure)),
          ...[doneAfter, ...openAfter].map((figure) => figureOperand(later.entry, figure)),
        ],
      }),
    ];
  });
}

function compareNotices(earlier: Entry, later: Entry, certain: boolean, vocabulary: Vocabulary): readonly CrossCheck[] {
  const kind = kindOf(earlier, later);
  const [before, after] = [headlines(earlier), headlines(later)];
  const timing = timingOf(earlier, later);
  const figures = compareStatements({ kind, earlier: before, later: after, timing, certain }, vocabulary);
  if (kind !== 'progress') return figures;
  return [...figures, ...compareOpenCounts(before, after, vocabulary), ...compareFindings(earlier, later, vocabulary)];
}

/** How many earlier notices of a unit are tried before a notice counts as the first of its round. */
const LOOK_BACK = 50;

/** Each notice held against the one before it of the same unit and round. `entries` are in order of date. */
export function checkRounds(entries: readonly Entry[], vocabulary: Vocabulary): readonly CrossCheck[] {
  const units = new Map<string, Entry[]>();
  return entries.flatMap((later) => {
    if (later.identity.summary) return [];
    const before = units.get(later.identity.unitKey) ?? [];
    units.set(later.identity.unitKey, [...before.slice(1 - LOOK_BACK), later]);
    for (const earlier of before.toReversed()) {
      const round = sameRound(earlier, later);
      if (round !== 'no') return compareNotices(earlier, later, round === 'certain', vocabulary);
    }
    return [];
  });
}
