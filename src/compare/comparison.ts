/** What a comparison of notices holds: plain JSON, every statement with its places in the documents it rests on. */
import type { CheckResult, Evidence, NoticeRecord, Operand, Status } from '../model.js';

/** A notice as comparison takes it: its record, and the text that the record's positions refer to. */
export interface ComparedNotice {
  readonly record: NoticeRecord;
  readonly text: string;
}

/** Evidence, and the document it stands in. */
export interface CrossEvidence extends Evidence {
  /** `document.id` of the notice. */
  readonly document: string;
}

/** Who speaks in a notice, of which inspection, and when. */
export interface NoticeIdentity {
  /** `document.id`. */
  readonly document: string;
  readonly source: string;
  /** Of the file, else the line that names the unit. */
  readonly title?: string;
  /** The unit as the notice names it; where none was found, the source. */
  readonly unit: string;
  /** The same for every name of one unit. */
  readonly unitKey: string;
  readonly region?: string;
  readonly unitType?: string;
  /** 巡察, 审计, … */
  readonly kind?: string;
  readonly team?: string;
  /** ISO date at which the notice speaks: published, else the latest date of the inspection that it states. */
  readonly date?: string;
  readonly year?: number;
  /** True for an office's notice that names several other units of this comparison. */
  readonly summary: boolean;
}

/** Only notices that match every given list take part. */
export interface Filter {
  /** Any part of the region: 乙县 finds 甲市乙县. */
  readonly regions?: readonly string[];
  readonly kinds?: readonly string[];
  readonly years?: readonly number[];
  readonly unitTypes?: readonly string[];
}

// ── Figures side by side ──────────────────────────────────────────────────────────────────────────────────────────

export interface FigureCell {
  /** Decimal string, base unit. */
  readonly value: string;
  readonly stated: string;
  readonly unit: string;
  /** False where it is stated as 约, 余, …: it is shown, but not ranked. */
  readonly exact: boolean;
  readonly evidence: CrossEvidence;
  /** From 1, highest first; equal values share a rank. */
  readonly rank?: number;
}

/** A rate computed anew from its counts. */
export interface RateCell {
  /** Percentage, two decimals. */
  readonly value: string;
  /** Exact, as part/whole in lowest terms. */
  readonly fraction: string;
  readonly part: string;
  readonly whole: string;
  /** The rate as the notice states it, where it does. */
  readonly stated?: string;
  readonly rank?: number;
}

export interface FigureRow {
  readonly document: string;
  /** Metric → the notice's headline figure; the first where it states several. */
  readonly figures: Readonly<Record<string, FigureCell>>;
  /** Metric of the rate → the rate recomputed. */
  readonly rates: Readonly<Record<string, RateCell>>;
}

/** Median and quartiles as decimal strings in the metric's base unit. */
export interface Distribution {
  readonly metric: string;
  readonly recomputed: boolean;
  readonly unit: string;
  readonly count: number;
  readonly lowest: string;
  readonly lowerQuartile: string;
  readonly median: string;
  readonly upperQuartile: string;
  readonly highest: string;
  /** Median absolute deviation from the median. */
  readonly deviation: string;
}

/** A value far from what the others state, with the measure by which it is far. */
export interface Outlier {
  readonly document: string;
  readonly metric: string;
  readonly recomputed: boolean;
  readonly value: string;
  readonly side: 'high' | 'low';
  /** `deviation`: more than 3.5 scaled median absolute deviations off; `quartiles`: beyond 3 quartile ranges. */
  readonly method: 'deviation' | 'quartiles';
  readonly median: string;
  /** What an ordinary value lies within, both ends included. */
  readonly lowerFence: string;
  readonly upperFence: string;
  readonly message: CheckResult['message'];
}

export interface FigureComparison {
  /** Metrics that some notice states, the most frequent first. */
  readonly metrics: readonly string[];
  readonly rates: readonly string[];
  readonly rows: readonly FigureRow[];
  readonly distributions: readonly Distribution[];
  readonly outliers: readonly Outlier[];
  /** Groups smaller than this have no outliers. */
  readonly minimumGroup: number;
}

// ── Checks between documents ──────────────────────────────────────────────────────────────────────────────────────

export interface CrossOperand extends Omit<Operand, 'evidence'> {
  /** Absent where it is computed from several documents. */
  readonly document?: string;
  readonly evidence?: CrossEvidence;
}

export type CrossKind = 'agreement' | 'progress' | 'rollup' | 'posts';

/** A `CheckResult` whose operands and evidence stand in several documents. */
export interface CrossCheck extends Omit<CheckResult, 'kind' | 'operands' | 'evidence'> {
  readonly kind: CrossKind;
  readonly documents: readonly string[];
  readonly operands: readonly CrossOperand[];
  readonly evidence: readonly CrossEvidence[];
}

// ── Recurring problems ────────────────────────────────────────────────────────────────────────────────────────────

/** One problem as one notice names it. */
export interface ProblemMention {
  readonly document: string;
  readonly finding: string;
  readonly title: string;
  readonly status: Status;
  readonly evidence: CrossEvidence;
}

export interface TypicalMeasure {
  readonly text: string;
  readonly evidence: CrossEvidence;
}

/** Problems of several notices that are about the same thing. */
export interface ProblemGroup {
  /** The title that names it: the one that most mentions have. */
  readonly title: string;
  /** Name of the category, null where no category's words occur. */
  readonly category: string | null;
  /** How many units share it. */
  readonly units: number;
  readonly mentions: number;
  readonly since?: number;
  readonly until?: number;
  readonly byStatus: Readonly<Partial<Record<Status, number>>>;
  /** Words that bind the group, the weightiest first. */
  readonly words: readonly string[];
  readonly typicalMeasures: readonly TypicalMeasure[];
  /** In order of date; cut at `limits.mentions`. */
  readonly examples: readonly ProblemMention[];
}

export interface ProblemCategory {
  readonly category: string | null;
  readonly units: number;
  readonly mentions: number;
  readonly since?: number;
  readonly until?: number;
}

export interface RecurringProblems {
  readonly categories: readonly ProblemCategory[];
  /** Groups that at least two units share, most units first. */
  readonly groups: readonly ProblemGroup[];
  /** Groups that were found, those beyond `limits.groups` included. */
  readonly groupCount: number;
}

// ── Shared passages ───────────────────────────────────────────────────────────────────────────────────────────────

/** A stretch of a passage held against the passage's first place: `removed` stands only there, `added` only here. */
export interface Difference {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export interface PassagePlace {
  readonly evidence: CrossEvidence;
  /** Against the first place; absent for the first place itself, and where nothing differs but punctuation. */
  readonly differences?: readonly Difference[];
}

/** Text that stands in the notices of several units. */
export interface SharedPassage {
  readonly units: number;
  /** Letters of the first place, generic phrases and digits left out. */
  readonly length: number;
  /** The earliest notice first; cut at `limits.places`. */
  readonly places: readonly PassagePlace[];
  readonly placeCount: number;
}

/**
 * How much of a notice's text stands in no other unit's notice. Counted in letters and digits, from fingerprints: to within
 * a few letters at each end of a passage; passages shorter than some thirty letters are not noticed.
 */
export interface OwnText {
  readonly document: string;
  readonly characters: number;
  readonly shared: number;
  /** 1 − shared / characters, 0 to 1, four decimals. */
  readonly share: number;
}

export interface SharedPassages {
  /** The weightiest first: length × (units − 1). */
  readonly passages: readonly SharedPassage[];
  /** Passages that were found, those beyond `limits.passages` included. */
  readonly passageCount: number;
  readonly own: readonly OwnText[];
}

// ── Substance ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** `count` of `of`. */
export interface Share {
  readonly count: number;
  readonly of: number;
}

/** How concrete a notice is. The index is the mean of the parts that have something to count, 0 to 1. */
export interface Substance {
  readonly measuresWithPerson: Share;
  readonly measuresWithDate: Share;
  readonly measuresWithFigure: Share;
  readonly measuresWithDocument: Share;
  /** Outcomes with a figure, a date, a person or a document, and not merely promised. */
  readonly concreteOutcomes: Share;
  /** Absent where there is neither a measure nor an outcome. */
  readonly index?: number;
}

export interface NoticeSubstance extends Substance {
  readonly document: string;
}

/** A unit's notices together. */
export interface UnitSubstance extends Substance {
  readonly unitKey: string;
  readonly unit: string;
}

export interface SubstanceComparison {
  readonly notices: readonly NoticeSubstance[];
  readonly units: readonly UnitSubstance[];
}

// ── The whole ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** How much of long lists is written out; the counts beside them are always whole. */
export interface Limits {
  readonly groups: number;
  readonly mentions: number;
  readonly passages: number;
  readonly places: number;
}

export const DEFAULT_LIMITS: Limits = { groups: 500, mentions: 20, passages: 300, places: 12 };

export interface Comparison {
  readonly filter: Filter;
  readonly notices: readonly NoticeIdentity[];
  readonly figures: FigureComparison;
  readonly checks: readonly CrossCheck[];
  readonly problems: RecurringProblems;
  readonly passages: SharedPassages;
  readonly substance: SubstanceComparison;
}
