/**
 * Every data type of hecha, and no logic. What one stage returns and the next one reads is described here.
 * Positions are half-open ranges of UTF-16 units in `Document.text`; that text is never edited after reading.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where a statement stands. `quote` is exactly `text.slice(start, end)`; `line` and `page` count from 1. */
export interface Evidence extends Span {
  readonly quote: string;
  readonly line: number;
  readonly page?: number;
}

export type Language = 'zh' | 'en';
export type Localised = Readonly<Record<Language, string>>;

/**
 * What a reader or stage could not do, or did with doubt. Travels with the value; never thrown. The sentence for `code`
 * stands in `messages/`, one file a language, and takes `values`.
 */
export interface Note {
  readonly code: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

// ── Document: what a reader makes of bytes ───────────────────────────────────────────────────────────────────────

export type BlockKind = 'title' | 'heading' | 'paragraph' | 'cell' | 'footnote';

/** Place of a cell in its table, rows and columns from 0. A merged cell stands once, at its first row and column. */
export interface CellPlace {
  readonly table: number;
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/**
 * A paragraph of the source. Blocks are in text order, do not overlap, and leave out nothing but white space.
 * A cell with several paragraphs gives several blocks of one place.
 */
export interface Block extends Span {
  readonly kind: BlockKind;
  /** Heading level as formatted in the source, from 1. A hint: many notices format headings as plain paragraphs. */
  readonly level?: number;
  readonly cell?: CellPlace;
}

export interface Document {
  /** `sha256:` and the hex digest of the file's bytes. */
  readonly id: string;
  readonly source: string;
  readonly mediaType: string;
  /** Text files only: WHATWG name, `utf-8`, `gb18030`, `utf-16le`, … */
  readonly encoding?: string;
  /** As the file's own metadata or page title names it; the notice's title in the text is a `title` block. */
  readonly title?: string;
  /** ISO date that the page around the article gives (发布时间), where there is one. */
  readonly published?: string;
  /** Blocks are separated by `\n`; cells of a row by `\t`. No byte-order mark, no `\r`. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Range of each page, in order; sources without pages have none. */
  readonly pages?: readonly Span[];
  readonly notes: readonly Note[];
}

// ── Segmented: sentences, and words for those who ask ─────────────────────────────────────────────────────────────

export interface Word extends Span {
  readonly text: string;
  /** Part of speech in ICTCLAS letters (nr person, ns place, nt organisation, v, n, …); only where tags were asked for. */
  readonly tag?: string;
}

/** The segmentation engine. Loading one is expensive: it is made once per process and only when words are needed. */
export interface Segmenter {
  readonly name: string;
  /** Words of `text`; joined they give `text` back exactly. */
  cut(text: string): string[];
  tag(text: string): { readonly text: string; readonly tag: string }[];
}

export interface Segmented {
  readonly document: Document;
  /** Sentences in text order; each lies within one block and ends with its full stop, ; stays inside. */
  readonly sentences: readonly Span[];
  /** Words of a range, cut when first asked for. */
  words(range: Span): readonly Word[];
  /** The same with part-of-speech tags. */
  tagged(range: Span): readonly Word[];
}

// ── Numbers and dates as written ──────────────────────────────────────────────────────────────────────────────────

/** Exact rational in lowest terms; `d` > 0. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

/** A missing end is unbounded. An open end excludes its value. */
export interface Interval {
  readonly lower?: Rational;
  readonly upper?: Rational;
  readonly lowerOpen?: boolean;
  readonly upperOpen?: boolean;
}

export type Qualifier = 'exact' | 'about' | 'atLeast' | 'moreThan' | 'atMost' | 'lessThan';

export type QuantityKind = 'count' | 'money' | 'percent' | 'points' | 'duration' | 'measure' | 'number';

/**
 * A number as written, with what its writing leaves open (design: value, quantum, qualifier).
 * `value`, `quantum` and `interval` are in the base unit (元, %, or the classifier itself).
 */
export interface Quantity extends Span {
  readonly kind: QuantityKind;
  readonly value: Rational;
  /** 0 for exact counts; 10⁻ᵈ × multiplier otherwise. */
  readonly quantum: Rational;
  readonly qualifier: Qualifier;
  readonly interval: Interval;
  /** Base unit: 元, %, 百分点, 天, or the classifier as written (个, 项, 人, 人次). '' for a bare number. */
  readonly unit: string;
  /** The unit as written: 万元, ％. */
  readonly unitText: string;
  /** As written, qualifier and unit included: the slice of the text. */
  readonly stated: string;
  /** Just the digits and multiplier, without qualifier and unit. */
  readonly digits: Span;
  readonly decimals: number;
  /** 1至2名, 3—5个: the upper end of a written range (`value` is the lower end). */
  readonly rangeTo?: Rational;
}

export type DatePrecision = 'day' | 'tenDays' | 'month' | 'quarter' | 'halfYear' | 'year';

/**
 * A date as written. Missing parts are undefined; nothing is guessed here. `first` and `last` are the ISO days it can
 * mean, present only where the year is written (2024年上半年 → 2024-01-01, 2024-06-30).
 */
export interface DateMention extends Span {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly precision: DatePrecision;
  readonly first?: string;
  readonly last?: string;
  /** 年底, 月底, 前: the words after it make it a limit. */
  readonly before?: boolean;
  /** Weekday stated beside it (10月19日，…周六): 1 Monday … 7 Sunday, and where. */
  readonly weekday?: { readonly value: number } & Span;
  /** Second half of a written range (7月10日至9月30日): index of the mention that starts it in the list of mentions. */
  readonly rangeStart?: number;
}

// ── Extraction ────────────────────────────────────────────────────────────────────────────────────────────────────

/** An ordinal mark in the text: （一）, 1., ①, 一是, 问题3：. */
export interface Marker extends Span {
  /** Rule id of the numbering style, such as `paren-chinese`. */
  readonly style: string;
  readonly value: number;
  /** As `number` in the record: without separator, 问题 and 序号. */
  readonly label: string;
  /** What is wrong with how it is written: the separator is missing, a stray digit follows, … (style rule's word). */
  readonly fault?: string;
  /** True where the mark stands inside a paragraph. */
  readonly inline: boolean;
}

/** Marks of one style that count one list, in text order. */
export interface MarkerSequence {
  readonly style: string;
  readonly markers: readonly Marker[];
  /** Span of the node that the list stands in. */
  readonly within: Span;
}

export type NodeRole =
  | 'title'
  | 'lead'
  | 'organisation'
  | 'section'
  | 'finding'
  | 'measures'
  | 'outcomes'
  | 'status'
  | 'responsibles'
  | 'deadline'
  | 'goal'
  | 'plan'
  | 'closing'
  | 'attachment'
  | 'other';

/** A heading or paragraph in the outline. `span` covers the node with its children, `heading` its own first line. */
export interface OutlineNode {
  readonly marker?: Marker;
  readonly heading: Span;
  readonly span: Span;
  readonly level: number;
  readonly role: NodeRole;
  readonly children: readonly OutlineNode[];
}

export type Status = 'completed' | 'ongoing' | 'longTerm' | 'notStarted' | 'unstated';

export interface Section {
  readonly number: string | null;
  readonly title: string;
  readonly level: number;
  readonly evidence: Evidence;
}

export interface Measure {
  readonly ordinal: number;
  readonly text: string;
  readonly status: Status;
  readonly deadline?: string;
  readonly responsibles: readonly string[];
  readonly evidence: Evidence;
}

export interface Outcome {
  readonly ordinal: number;
  readonly text: string;
  readonly evidence: Evidence;
}

export interface Finding {
  readonly id: string;
  readonly section: string | null;
  readonly number: string | null;
  readonly path: readonly string[];
  readonly titles: readonly string[];
  readonly status: Status;
  /** Where the status is said. */
  readonly statusEvidence?: Evidence;
  readonly deadline?: string;
  readonly measures: readonly Measure[];
  readonly outcomes: readonly Outcome[];
  readonly responsibles: readonly string[];
  /** The finding's heading. */
  readonly evidence: Evidence;
  /** The whole of the finding in the text, measures and outcomes included. */
  readonly span: Span;
}

export type FigureScope = 'headline' | 'local' | 'part' | 'cumulative';

export interface Figure {
  readonly metric: string | null;
  readonly value: string;
  readonly stated: string;
  readonly unit: string;
  readonly noun: string;
  readonly scope: FigureScope;
  readonly qualifier: Qualifier;
  readonly lower?: string;
  readonly upper?: string;
  readonly evidence: Evidence;
  /** The number itself, for arithmetic. Not in the record. */
  readonly quantity: Quantity;
  /** Id of the rule that claimed it; none where the metric is null. Not in the record. */
  readonly rule?: string;
}

export interface Responsible {
  readonly name: string;
  readonly kind: 'person' | 'unit';
  readonly roles: readonly string[];
  readonly evidence: Evidence;
}

export interface Inspection {
  readonly kind?: string;
  readonly team?: string;
  readonly start?: string;
  readonly end?: string;
  readonly feedback?: string;
  readonly published?: string;
}

/** A fact about the whole notice that a rule found: unit, team, feedback date, … with every place that states it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly evidence: Evidence;
  readonly rule: string;
}

/** What extraction returns: the record's parts, and beside them what checks need and the record does not print. */
export interface Extraction {
  readonly unit?: { readonly name: string; readonly evidence: Evidence };
  readonly inspection: Inspection;
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
  readonly figures: readonly Figure[];
  readonly responsibles: readonly Responsible[];
  /** 《…》 named in the text. */
  readonly documents: readonly { readonly title: string; readonly evidence: Evidence }[];
  readonly outline: readonly OutlineNode[];
  readonly sequences: readonly MarkerSequence[];
  readonly dates: readonly DateMention[];
  readonly facts: readonly Fact[];
  /** Share of the text's characters that some structure claimed, 0 to 1. */
  readonly coverage: number;
  readonly notes: readonly Note[];
}

// ── Checks ────────────────────────────────────────────────────────────────────────────────────────────────────────

export type Verdict = 'consistent' | 'inconsistent' | 'unverifiable' | 'observed';
export type Severity = 'error' | 'warning' | 'info';

/** One number or word that a verdict rests on. */
export interface Operand {
  readonly name: string;
  readonly stated: string;
  readonly value?: string;
  readonly lower?: string;
  readonly upper?: string;
  readonly evidence?: Evidence;
}

export interface CheckResult {
  /** Id of the check rule. */
  readonly check: string;
  readonly kind: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  readonly message: Localised;
  readonly stated?: string;
  readonly expected?: string;
  readonly operands?: readonly Operand[];
  /** How the comparison was made: `nearest`, `truncated`, `roundedUp`, `interval`, `exact`, … */
  readonly mode?: string;
  /** The simplest cause that would explain a failure, as a hint. */
  readonly cause?: Note;
  readonly evidence: readonly Evidence[];
  /** Stable over re-runs and re-numbering: what the check says, not where its row lies. Reviews are keyed by it. */
  readonly key: string;
}

/** A document read, extracted and checked: what the store keeps and the reports show. */
export interface Notice extends Extraction {
  readonly document: Document;
  readonly checks: readonly CheckResult[];
  /** Fingerprint of the rules and the program that made it. */
  readonly rules: string;
}

// ── The record: what every command prints, stores and shows ───────────────────────────────────────────────────────

/** A figure as printed: all of it is plain JSON. */
export type FigureRecord = Omit<Figure, 'quantity' | 'rule'>;

/** A check as printed: `message` in the language of the run, `messages` in all. */
export interface CheckRecord extends Omit<CheckResult, 'message'> {
  readonly message: string;
  readonly messages: Localised;
}

export interface NoteRecord extends Note {
  readonly message: string;
}

/** The notice record of the contract. Everything behind the pipeline (store, reports, compare, web) speaks it. */
export interface NoticeRecord {
  readonly document: {
    readonly id: string;
    readonly source: string;
    readonly mediaType: string;
    readonly encoding?: string;
    readonly title?: string;
    readonly characters: number;
    readonly pages?: number;
  };
  readonly unit?: { readonly name: string; readonly evidence: Evidence };
  readonly inspection: Inspection;
  readonly sections: readonly Section[];
  readonly findings: readonly Finding[];
  readonly figures: readonly FigureRecord[];
  readonly responsibles: readonly Responsible[];
  readonly documents: Extraction['documents'];
  readonly coverage: number;
  readonly checks: readonly CheckRecord[];
  readonly notes: readonly NoteRecord[];
  /** Fingerprint of the rules and the program that made the record. */
  readonly rules: string;
}
