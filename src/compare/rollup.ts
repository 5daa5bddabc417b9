/**
 * Summaries: an office's notice over several units against the units' own notices. What it says of one unit must agree
 * with that unit; what it says of all must be the sum of theirs, and what is missing for that is named.
 */
import { say } from '../messages/index.js';
import type { FigureRecord, Language, Rational, Span } from '../model.js';
import { add, cmp, parseDecimal, toDecimal, ZERO } from '../number/rational.js';
import { contains } from '../text.js';
import type { CrossCheck } from './comparison.js';
import { crossCheck, figureOperand } from './cross-check.js';
import { crossEvidence, type Entry, evidenceAt } from './entry.js';
import { headlineFigures } from './figures.js';
import { headlines, timingOf } from './rounds.js';
import type { Texts } from './source.js';
import { compareStatements } from './statements.js';
import { namesWithin } from './unit.js';
import type { Vocabulary } from './vocabulary.js';

/** A place where a summary names a unit. */
interface Mention extends Span {
  readonly unitKey: string;
}

/** A summary, and the units whose names stand in it. */
export interface SummaryEntry {
  readonly entry: Entry;
  readonly text: string;
  /** True where an office whose work it is to report on units wrote it. */
  readonly byOffice: boolean;
  readonly mentions: readonly Mention[];
  /** In order of their first mention. */
  readonly units: readonly string[];
  /** The stated number of units that fits the names. */
  readonly unitCount?: FigureRecord;
}

const HEAD_LENGTH = 2;

/** Names of units. */
interface Names {
  /** Whose name it is; null where two units answer to it, as it names neither then. */
  readonly owners: ReadonlyMap<string, string | null>;
  /** By their first characters, how long such names are, the longest first. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
}

function namesOf(entries: Iterable<Entry>, namesIn: (name: Entry['name']) => readonly string[]): Names {
  const owners = new Map<string, string | null>();
  const lengths = new Map<string, number[]>();
  for (const { name, identity } of entries) {
    if (name.regions.length === 0 && name.rest === '') continue;
    for (const one of namesIn(name)) {
      const known = owners.get(one);
      owners.set(one, known === undefined || known === identity.unitKey ? identity.unitKey : null);
      if (known !== undefined) continue;
      const head = one.slice(0, HEAD_LENGTH);
      const some = lengths.get(head) ?? [];
      if (!some.includes(one.length))
        lengths.set(
          head,
          [...some, one.length].sort((a, b) => b - a),
        );
    }
  }
  return { owners, lengths };
}

/** The names by which an office of a region may call units: those of every region are looked through once for all offices. */
function namesFor(entries: readonly Entry[]): (regions: readonly string[]) => readonly Names[] {
  const everywhere = namesOf(entries, (name) => namesWithin(name, []));
  const byRegion = new Map<string, Entry[]>();
  for (const entry of entries) {
    const narrowest = entry.name.regions.at(-1) ?? '';
    const known = byRegion.get(narrowest);
    if (known === undefined) byRegion.set(narrowest, [entry]);
    else known.push(entry);
  }
  const known = new Map<string, readonly Names[]>();
  return (regions) => {
    const key = regions.join('');
    const names = known.get(key) ?? [
      namesOf(
        [...new Set(regions)].flatMap((region) => byRegion.get(region) ?? []),
        (name) => namesWithin(name, regions),
      ),
      everywhere,
    ];
    known.set(key, names);
    return names;
  };
}

/** The longest name that stands at a place, and whose it is. */
function nameAt(text: string, at: number, all: readonly Names[]): Mention | undefined {
  const head = text.slice(at, at + HEAD_LENGTH);
  let best: Mention | undefined;
  for (const { lengths } of all) {
    for (const length of lengths.get(head) ?? []) {
      if (best !== undefined && length <= best.end - at) break;
      const owners = all
        .map((names) => names.owners.get(text.slice(at, at + length)))
        .filter((one) => one !== undefined);
      const [unitKey] = owners;
      if (typeof unitKey !== 'string' || owners.some((owner) => owner !== unitKey)) continue;
      best = { unitKey, start: at, end: at + length };
    }
  }
  return best;
}

function findMentions(text: string, all: readonly Names[]): readonly Mention[] {
  const mentions: Mention[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const found = nameAt(text, at, all);
    if (found === undefined) continue;
    mentions.push(found);
    at = found.end - 1;
  }
  return mentions;
}

const isOffice = ({ identity }: Entry, { summaryOffices }: Vocabulary): boolean =>
  summaryOffices.some((office) => identity.unit.includes(office));

const headlineUnitCounts = ({ unitCounts }: Entry): readonly FigureRecord[] =>
  unitCounts.filter((figure) => figure.scope === 'headline');

/**
 * The notices that speak for several of the others' units: an office whose work this is names some of them, or the
 * headline counts units and exactly so many are named.
 */
export async function findSummaries(
  entries: readonly Entry[],
  texts: Texts,
  vocabulary: Vocabulary,
): Promise<readonly SummaryEntry[]> {
  const namesWithinRegion = namesFor(entries);
  const summaries: SummaryEntry[] = [];
  for (const entry of entries) {
    const byOffice = isOffice(entry, vocabulary);
    const counts = headlineUnitCounts(entry);
    if (!byOffice && counts.length === 0) continue;
    const [text = ''] = await texts.of([entry.id]);
    const mentions = findMentions(text, namesWithinRegion(entry.name.regions)).filter(
      ({ unitKey }) => unitKey !== entry.identity.unitKey,
    );
    const units = [...new Set(mentions.map(({ unitKey }) => unitKey))];
    // An office that counts units speaks for several, though only one of them is known.
    const countsSeveral = counts.some(({ value }) => Number(value) > 1);
    if (units.length < (byOffice && countsSeveral ? 1 : 2)) continue;
    const exact = counts.find(({ value }) => Number(value) === units.length);
    if (!byOffice && exact === undefined) continue;
    const unitCount = exact ?? counts.find(({ value }) => Number(value) > units.length);
    summaries.push({ entry, text, byOffice, mentions, units, ...(unitCount === undefined ? {} : { unitCount }) });
  }
  return summaries;
}

// ── What a summary says of one unit ───────────────────────────────────────────────────────────────────────────────

const CLAUSE_END = /[。；;\n]/u;

/**
 * Figures that follow a unit's name before the next name or the end of the sentence: they are that unit's, unless the
 * name is one of a list or words between them say otherwise.
 */
function figuresOf(
  { entry, text, mentions }: SummaryEntry,
  index: number,
  { notAlone }: Vocabulary,
): readonly FigureRecord[] {
  const mention = mentions[index] as Mention;
  const next = mentions[index + 1];
  const inList = mention.start - (mentions[index - 1]?.end ?? Number.NEGATIVE_INFINITY) <= 1;
  if (inList) return [];
  const rest = text.slice(mention.end, next?.start ?? text.length);
  const stop = CLAUSE_END.exec(rest)?.index ?? rest.length;
  const clause = rest.slice(0, stop);
  const span = { start: mention.end, end: mention.end + stop };
  const figures = entry.figures.filter((figure) => contains(span, figure.evidence));
  const [first] = figures;
  if (first === undefined || entry.unitCounts.some((count) => contains(span, count.evidence))) return [];
  const between = clause.slice(0, first.evidence.start - mention.end);
  return notAlone.some((word) => between.includes(word)) ? [] : figures;
}

type Attributed = ReadonlyMap<string, readonly FigureRecord[]>;

function attribute(summary: SummaryEntry, vocabulary: Vocabulary): Attributed {
  const byUnit = new Map<string, readonly FigureRecord[]>();
  summary.mentions.forEach((mention, index) => {
    const figures = figuresOf(summary, index, vocabulary);
    if (figures.length > 0) byUnit.set(mention.unitKey, [...(byUnit.get(mention.unitKey) ?? []), ...figures]);
  });
  return byUnit;
}

// ── The units' own notices ────────────────────────────────────────────────────────────────────────────────────────

/** A unit's own notice beside a summary. `certain` where the unit has only this one to choose. */
interface OwnNotice {
  readonly entry: Entry;
  readonly certain: boolean;
}

/** The notice that a summary rests on: the latest of the same time and kind that is not younger than the summary. */
function ownNotice(candidates: readonly Entry[], summary: Entry): OwnNotice | undefined {
  const { date, year, kind } = summary.identity;
  const fitting = candidates.filter(
    ({ identity }) =>
      (kind === undefined || identity.kind === undefined || kind === identity.kind) &&
      (year === undefined || identity.year === undefined || Math.abs(year - identity.year) <= 1),
  );
  const notYounger = fitting.filter(({ identity }) => date !== undefined && (identity.date ?? '9999') <= date);
  const entry = notYounger.at(-1) ?? fitting[0];
  return entry === undefined ? undefined : { entry, certain: fitting.length === 1 };
}

// ── The sum ───────────────────────────────────────────────────────────────────────────────────────────────────────

interface Part {
  readonly own: OwnNotice;
  readonly figure: FigureRecord;
}

const amountOf = (figure: FigureRecord): Rational => parseDecimal(figure.value) ?? ZERO;

const onlyExact = (figures: readonly FigureRecord[], metric: string): FigureRecord | undefined => {
  const stated = figures.filter((figure) => figure.metric === metric);
  const [first] = stated;
  return first !== undefined && stated.every(({ value, qualifier }) => value === first.value && qualifier === 'exact')
    ? first
    : undefined;
};

interface Judgement {
  readonly verdict: CrossCheck['verdict'];
  readonly severity: CrossCheck['severity'];
  readonly reading: 'sum' | 'differs' | 'exceeds' | 'missing' | 'moved';
}

interface SumCase {
  /** Stated total against the sum of the known parts. */
  readonly difference: -1 | 0 | 1;
  /** Some unit's part is not known. */
  readonly missing: boolean;
  /** It is certain which units and which of their notices the total is over. */
  readonly firm: boolean;
  /** What may have happened between the units' notices and the summary. */
  readonly mayGrow: boolean;
  readonly mayFall: boolean;
}

function judgeSum({ difference, missing, firm, mayGrow, mayFall }: SumCase): Judgement {
  const contradiction = (reading: Judgement['reading']): Judgement =>
    firm
      ? { verdict: 'inconsistent', severity: 'error', reading }
      : { verdict: 'observed', severity: 'warning', reading };
  if (difference === 0 && !missing) return { verdict: 'consistent', severity: 'error', reading: 'sum' };
  // The known parts alone are more than the whole.
  if (difference < 0 && !mayFall) return contradiction(missing ? 'exceeds' : 'differs');
  if (missing) return { verdict: 'unverifiable', severity: 'info', reading: 'missing' };
  if (difference > 0 && !mayGrow) return contradiction('differs');
  return { verdict: 'observed', severity: 'info', reading: 'moved' };
}

/** The number of units and the figure stand together: in one paragraph of an office's paper, in one sentence elsewhere. */
function standTogether({ text, byOffice }: SummaryEntry, a: Span, b: Span): boolean {
  const between = text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start));
  return !(byOffice ? /\n/u : /[。\n]/u).test(between);
}

/** What is missing for a sum: figures of units that are named, and units that are not. */
function gapsIn(language: Language, without: readonly string[], unnamed: number): string {
  const figures = { missing: without.join('、'), missingCount: without.length };
  return [
    ...(without.length === 0 ? [] : [say(language, 'compare.rollup.gap.figures', figures)]),
    ...(unnamed === 0 ? [] : [say(language, 'compare.rollup.gap.unnamed', { unnamed })]),
  ].join(say(language, 'compare.rollup.gap.separator'));
}

function checkSum(
  metric: string,
  stated: FigureRecord,
  summary: SummaryEntry,
  own: ReadonlyMap<string, OwnNotice>,
  nameOf: ReadonlyMap<string, string>,
  vocabulary: Vocabulary,
): CrossCheck {
  const parts: Part[] = [];
  const without: string[] = [];
  for (const unitKey of summary.units) {
    const notice = own.get(unitKey);
    const figure = notice === undefined ? undefined : onlyExact(headlines(notice.entry).figures, metric);
    if (notice === undefined || figure === undefined) without.push(nameOf.get(unitKey) ?? unitKey);
    else parts.push({ own: notice, figure });
  }
  const unnamed = Math.max(0, Number(summary.unitCount?.value ?? summary.units.length) - summary.units.length);
  const sum = parts.map(({ figure }) => amountOf(figure)).reduce(add, ZERO);
  const timings = parts.map(({ own: { entry } }) => timingOf(entry, summary.entry));
  const fixed = vocabulary.stableMetrics.includes(metric) || timings.every((timing) => timing === 'same');
  const rises = vocabulary.risingMetrics.includes(metric) && timings.every((timing) => timing !== 'unknown');
  const { verdict, severity, reading } = judgeSum({
    difference: cmp(amountOf(stated), sum),
    missing: without.length > 0 || unnamed > 0,
    firm:
      summary.unitCount !== undefined &&
      standTogether(summary, summary.unitCount.evidence, stated.evidence) &&
      parts.every(({ own: { certain } }) => certain),
    mayGrow: !fixed,
    mayFall: !fixed && !rises,
  });
  return crossCheck({
    kind: 'rollup',
    subject: metric,
    verdict,
    severity,
    code: `compare.rollup.${reading === 'missing' && parts.length === 0 ? 'unknown' : reading}`,
    values: {
      unit: summary.entry.identity.unit,
      stated: stated.stated,
      sum: `${toDecimal(sum)}${stated.unit}`,
      units: parts.length,
    },
    names: {
      metric: vocabulary.metricName(metric),
      gaps: { zh: gapsIn('zh', without, unnamed), en: gapsIn('en', without, unnamed) },
    },
    mode: reading,
    stated: stated.stated,
    expected: `${toDecimal(sum)}${stated.unit}`,
    operands: [
      figureOperand(summary.entry, stated),
      ...parts.map(({ own: { entry }, figure }) => figureOperand(entry, figure)),
    ],
    evidence: summary.unitCount === undefined ? [] : [crossEvidence(summary.entry, summary.unitCount.evidence)],
  });
}

/** The stated number of units against the names: fewer names than stated is what is missing. */
function checkUnitCount(summary: SummaryEntry): readonly CrossCheck[] {
  const { entry, text, unitCount, units, mentions } = summary;
  if (unitCount === undefined) return [];
  const complete = Number(unitCount.value) === units.length;
  const firsts = units.flatMap((unitKey) => mentions.find((mention) => mention.unitKey === unitKey) ?? []);
  return [
    crossCheck({
      kind: 'rollup',
      subject: 'units',
      verdict: complete ? 'consistent' : 'unverifiable',
      severity: 'info',
      code: complete ? 'compare.rollup.unitsNamed' : 'compare.rollup.unitsMissing',
      values: { unit: entry.identity.unit, stated: unitCount.stated, named: units.length },
      mode: 'exact',
      stated: unitCount.stated,
      expected: String(units.length),
      operands: [figureOperand(entry, unitCount)],
      evidence: firsts.map((mention) => evidenceAt(entry, text, mention)),
    }),
  ];
}

export function checkSummaries(
  summaries: readonly SummaryEntry[],
  entries: readonly Entry[],
  vocabulary: Vocabulary,
): readonly CrossCheck[] {
  const noticesOf = new Map<string, Entry[]>();
  const nameOf = new Map<string, string>();
  for (const entry of entries) {
    const { unitKey, unit, summary } = entry.identity;
    if (summary) continue;
    noticesOf.set(unitKey, [...(noticesOf.get(unitKey) ?? []), entry]);
    nameOf.set(unitKey, unit);
  }
  return summaries.flatMap((summary) => {
    const own = new Map<string, OwnNotice>();
    for (const unitKey of summary.units) {
      const notice = ownNotice(noticesOf.get(unitKey) ?? [], summary.entry);
      if (notice !== undefined) own.set(unitKey, notice);
    }
    const attributed = attribute(summary, vocabulary);
    const ofUnits = [...attributed].flatMap(([unitKey, figures]) => {
      const notice = own.get(unitKey);
      if (notice === undefined) return [];
      return compareStatements(
        {
          kind: 'agreement',
          earlier: headlines(notice.entry),
          later: { entry: summary.entry, figures },
          timing: timingOf(notice.entry, summary.entry),
          certain: notice.certain,
        },
        vocabulary,
      );
    });
    const taken = new Set([...attributed.values()].flat());
    const headline = headlines(summary.entry).figures.filter((figure) => !taken.has(figure));
    const stated = headlineFigures(headline);
    const sums = vocabulary.additiveMetrics.flatMap((metric) => {
      if (!stated.has(metric)) return [];
      const figure = onlyExact(headline, metric);
      return figure === undefined ? [] : [checkSum(metric, figure, summary, own, nameOf, vocabulary)];
    });
    return [...checkUnitCount(summary), ...ofUnits, ...sums];
  });
}
