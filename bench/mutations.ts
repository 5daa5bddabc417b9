/** Ways to damage a notice in one place, each with the kinds of check that should see it. Words come from mutations.yaml. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { writeOrdinal } from '../src/check/wording-ordinal.js';
import type { CheckResult, Evidence, Finding, Marker, Notice, Quantity, Span } from '../src/model.js';
import { scanQuantities } from '../src/number/scan.js';
import { loadRules } from '../src/rules/load.js';
import { ARITHMETIC } from './notices.js';

export interface Original {
  readonly source: string;
  readonly text: string;
  readonly notice: Notice;
}

export interface Edit extends Span {
  readonly words: string;
}

export interface Mutant {
  readonly edits: readonly Edit[];
  /** Where the damage lies in the damaged text. */
  readonly touched: Span;
  /** Kinds of check that fit the damage. */
  readonly caughtBy: readonly string[];
  /** Whether a remark on style is enough. */
  readonly style: 'info' | 'alarm';
}

interface Words {
  readonly bodies: Readonly<Record<string, string>>;
  readonly otherUnits: Readonly<Record<string, string>>;
  readonly asOf: Readonly<Record<string, string>>;
  readonly inspection: Readonly<Record<string, string>>;
  readonly miswritten: Readonly<Record<string, string>>;
  readonly mobile: string;
  readonly identity: string;
  readonly stillOpen: string;
  readonly wholeDone: string;
  readonly wishes: readonly string[];
  readonly intentions: readonly string[];
  readonly weekday: readonly string[];
  readonly tenThousand: Readonly<Record<string, string>>;
}

const words = parse(readFileSync(new URL('./mutations.yaml', import.meta.url), 'utf8')) as Words;
const { lexicon } = loadRules(new URL('../rules', import.meta.url).pathname);

type Maker = (original: Original) => readonly Mutant[];

/** Puts `written` in the place of `span`. */
function replace(span: Span, written: string, caughtBy: readonly string[], style: Mutant['style'] = 'alarm'): Mutant {
  return {
    edits: [{ start: span.start, end: span.end, words: written }],
    touched: { start: span.start, end: span.start + written.length },
    caughtBy,
    style,
  };
}

// ── Numbers ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Digits of a whole number as written, moved by `by`: 40 → 41, 四十 → 四十一. */
function moved(text: string, digits: Span, by: number): string | undefined {
  const written = text.slice(digits.start, digits.end);
  if (/^\d+$/.test(written)) return Number(written) + by < 0 ? undefined : String(Number(written) + by);
  const value = CHINESE.indexOf(written);
  return value < 1 || value + by < 1 ? undefined : writeOrdinal(value + by, '一');
}

const CHINESE = Array.from({ length: 100 }, (_, value) => (value === 0 ? '' : writeOrdinal(value, '一')));

const isInFinding = ({ findings }: Notice, { start }: Span): boolean =>
  findings.some(({ span }) => span.start <= start && start < span.end);

const numbersOf = (text: string, { start, end }: Evidence): readonly Quantity[] =>
  scanQuantities(text.slice(start, end), lexicon, []).map((quantity) => ({
    ...quantity,
    start: quantity.start + start,
    end: quantity.end + start,
    digits: { start: quantity.digits.start + start, end: quantity.digits.end + start },
  }));

/**
 * Moves the last number of each piece of evidence of what holds. Where it leaves parts that fall short of their whole, or fewer
 * listed than are stated, the notice may still be right (some are not told of): a remark is all that can honestly be said.
 */
function moveOperands(
  kinds: readonly string[],
  by: number,
  pick: (result: CheckResult) => readonly Evidence[],
  style: Mutant['style'] = 'alarm',
): Maker {
  return ({ text, notice }) => {
    const seen = new Set<number>();
    // What findings tell of one by one need not be all that the notice states.
    const isOverFindings = ({ evidence: [whole, ...parts] }: CheckResult): boolean =>
      whole !== undefined && !isInFinding(notice, whole) && parts.every((part) => isInFinding(notice, part));
    const held = notice.checks.filter(({ kind, verdict }) => kinds.includes(kind) && verdict === 'consistent');
    const overFindings = held.filter(isOverFindings);
    const weak = new Set(overFindings.flatMap(pick).map(({ start }) => start));
    return held
      .filter((result) => by < 0 || !overFindings.includes(result))
      .flatMap(pick)
      .flatMap((evidence) =>
        numbersOf(text, evidence)
          .slice(-1)
          .map((number) => ({ ...number, place: evidence.start })),
      )
      .filter(({ digits, qualifier }) => qualifier === 'exact' && !seen.has(digits.start) && seen.add(digits.start))
      .flatMap(({ digits, place }) => {
        const written = moved(text, digits, by);
        const told = weak.has(place) ? 'info' : style;
        return written === undefined ? [] : [replace(digits, written, ARITHMETIC, told)];
      });
  };
}

const moveMetric =
  (metric: string, by: number, style: Mutant['style'] = 'alarm'): Maker =>
  ({ text, notice }) =>
    notice.figures
      .filter((figure) => figure.metric === metric && figure.scope === 'headline' && figure.qualifier === 'exact')
      .flatMap(({ quantity: { digits } }) => {
        const written = moved(text, digits, by);
        return written === undefined ? [] : [replace(digits, written, ARITHMETIC, style)];
      });

/**
 * Moves one of two statements of a number so that they contradict each other: two of the whole notice by one, one of the
 * whole notice below what a finding tells of, or that of the finding above it. A finding with less is a part, and no fault.
 */
const repeatBroken: Maker = ({ text, notice }) => {
  const inFinding = (place: Span): boolean => isInFinding(notice, place);
  return notice.checks
    .filter(({ kind, verdict }) => kind === 'repeat' && verdict === 'consistent')
    .flatMap(({ evidence }) => {
      const isPart = evidence.some(inFinding);
      return evidence.flatMap((place): readonly Mutant[] => {
        const number = numbersOf(text, place).at(-1);
        const written = number && moved(text, number.digits, isPart && !inFinding(place) ? -1 : 1);
        return number?.qualifier !== 'exact' || written === undefined
          ? []
          : [replace(number.digits, written, ARITHMETIC)];
      });
    });
};

const rates = ({ text, notice }: Original): readonly { readonly span: Span; readonly written: string }[] =>
  notice.figures
    .filter(({ metric, scope }) => metric?.endsWith('.rate') && scope === 'headline')
    .map(({ quantity: { digits } }) => ({ span: digits, written: text.slice(digits.start, digits.end) }))
    .filter(({ written }) => /^\d+(?:\.\d+)?$/.test(written));

const swapped: Maker = (original) =>
  rates(original).flatMap(({ span, written }) => {
    const [a, b] = written;
    return a === b || written.length < 2 || b === '.'
      ? []
      : [replace(span, `${b}${a}${written.slice(2)}`, ['rate', 'repeat'])];
  });

const lastDigit =
  (by: number): Maker =>
  (original) =>
    rates(original)
      .filter(({ written }) => written.includes('.'))
      .map(({ span, written }) =>
        replace(span, written.slice(0, -1) + String((Number(written.at(-1)) + by + 10) % 10), ['rate', 'repeat']),
      );

const partsOf = ({ evidence }: CheckResult): readonly Evidence[] => evidence.slice(1);
const totalOf = ({ evidence }: CheckResult): readonly Evidence[] => evidence.slice(0, 1);

const unitSlip: Maker = ({ text, notice }) =>
  notice.checks
    .filter(({ kind, verdict }) => (kind === 'unit' || kind === 'repeat') && verdict === 'consistent')
    .flatMap(({ evidence }) => evidence)
    .flatMap((evidence) =>
      Object.entries(words.tenThousand).flatMap(([unit, slip]) => {
        const at = text.slice(evidence.start, evidence.end).lastIndexOf(unit);
        return at < 0
          ? []
          : [replace({ start: evidence.start + at, end: evidence.start + at + unit.length }, slip, ARITHMETIC)];
      }),
    );

// ── Dates ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const DAYS = '一二三四五六日';

const weekdayShift: Maker = ({ text }) =>
  [...text.matchAll(new RegExp(`[0-9]日[^。；\\n]{0,8}?(?:${words.weekday.join('|')})([${DAYS}])(?!期)`, 'gu'))].map(
    (match) => {
      const at = match.index + match[0].length - 1;
      const next = DAYS.charAt((DAYS.indexOf(match[1] ?? '') + 2) % 7);
      return replace({ start: at, end: at + 1 }, next, ['weekday']);
    },
  );

const factOf = ({ notice }: Original, name: string): Evidence | undefined =>
  notice.facts.find((fact) => fact.name === name)?.evidence;

const feedbackEarly: Maker = (original) => {
  const [feedback, end] = [factOf(original, 'feedback'), factOf(original, 'end')];
  const { notice, text } = original;
  const year = notice.inspection.start?.slice(0, 4);
  if (feedback === undefined || end === undefined || year === undefined) return [];
  const day = /(\d+)月(\d+)日/u.exec(feedback.quote);
  const [month = '', start = ''] = notice.inspection.start?.slice(5).split('-') ?? [];
  if (day === null || !/\d+年/u.test(text.slice(feedback.start, feedback.end))) return [];
  return [replace(feedback, `${year}年${Number(month)}月${Number(start) + 1}日`, ['dates'])];
};

const periodReversed: Maker = (original) => {
  const [start, end] = [factOf(original, 'start'), factOf(original, 'end')];
  const { notice } = original;
  if (start === undefined || end === undefined || notice.inspection.start === undefined) return [];
  const [year, month] = notice.inspection.start.split('-').map(Number) as [number, number];
  if (month < 3 || !/^\d/.test(end.quote)) return [];
  return [replace(end, `${year}年${month - 2}月11日`, ['dates', 'span'])];
};

const impossibleDay: Maker = ({ text }) =>
  [...text.matchAll(/(\d{4}年)(\d{1,2})月(\d{1,2})日/gu)].map((match) =>
    replace({ start: match.index, end: match.index + match[0].length }, `${match[1]}${match[2]}月32日`, [
      'dates',
      'weekday',
      'span',
    ]),
  );

const spanMoved =
  (by: number): Maker =>
  ({ text, notice }) =>
    notice.checks
      .filter(({ kind, verdict }) => kind === 'span' && verdict === 'consistent')
      .flatMap(({ evidence }) => evidence.slice(1))
      .flatMap((evidence) => numbersOf(text, evidence).filter(({ kind, unit }) => kind === 'duration' && unit === '天'))
      .flatMap(({ digits }) => {
        const written = moved(text, digits, by);
        return written === undefined ? [] : [replace(digits, written, ['span'])];
      });

// ── Ordinals ──────────────────────────────────────────────────────────────────────────────────────────────────────

const lists = ({ notice }: Original): readonly (readonly Marker[])[] =>
  notice.sequences
    .filter(({ style, markers }) => markers.length >= 3 && style !== 'shouxian')
    .map(({ markers }) => markers);

const relabel = (text: string, marker: Marker, value: number): Mutant => {
  const written = text.slice(marker.start, marker.end);
  return replace(marker, written.replace(marker.label, writeOrdinal(value, marker.label)), ['ordinals']);
};

const ordinalGap: Maker = (original) =>
  lists(original).map((markers) =>
    relabel(original.text, markers.at(-1) as Marker, (markers.at(-1) as Marker).value + 1),
  );

const ordinalRepeat: Maker = (original) =>
  lists(original).map((markers) =>
    relabel(original.text, markers.at(-1) as Marker, (markers.at(-1) as Marker).value - 1),
  );

const ordinalMisnumbered: Maker = (original) =>
  lists(original).map((markers) => relabel(original.text, markers[1] as Marker, (markers[1] as Marker).value - 1));

const separatorLost: Maker = ({ text }) =>
  [...text.matchAll(/^(\d{1,2})([.．、])(?=针对|关于)/gmu)].map((match) => {
    const at = match.index + (match[1] ?? '').length;
    return replace({ start: at, end: at + 1 }, '', ['ordinals'], 'info');
  });

const strayDigit: Maker = ({ text }) =>
  [...text.matchAll(/[。；：，]([二三四五]是)(?=[\u4e00-\u9fff])/gu)].map((match) => {
    const at = match.index + match[0].length;
    return replace({ start: at, end: at }, '2', ['ordinals'], 'info');
  });

const firstMarkLost: Maker = ({ text }) =>
  [...text.matchAll(/^一、(?=[^\n]{2,30}$)/gmu)]
    .filter(() => /^三、/mu.test(text))
    .map((match) => replace({ start: match.index, end: match.index + 2 }, '', ['ordinals']));

// ── Passages ──────────────────────────────────────────────────────────────────────────────────────────────────────

const LONG_ENOUGH = 18;

const measureTwice: Maker = ({ notice }) =>
  notice.findings.flatMap(({ measures }) => {
    const [first, second] = measures;
    if (first === undefined || second === undefined || first.text.length < LONG_ENOUGH) return [];
    return [replace(second.evidence, first.text, ['duplicate'])];
  });

const passageCopied: Maker = ({ notice }) =>
  notice.findings.slice(1).flatMap(({ measures }, at) => {
    const source = notice.findings[at]?.measures.find(({ text }) => text.length >= LONG_ENOUGH + 6);
    const target = measures.at(-1);
    return source === undefined || target === undefined
      ? []
      : [replace(target.evidence, source.text, ['duplicate'], 'info')];
  });

/** Findings whose siblings mostly have what is taken from them. */
function dropped(part: 'measures' | 'outcomes', { notice }: Original): readonly Mutant[] {
  const having = notice.findings.filter((finding) => finding[part].length > 0);
  if (having.length < 4 || having.length * 10 < notice.findings.length * 7) return [];
  const other = part === 'measures' ? 'outcomes' : 'measures';
  return having
    .filter((finding) => finding[other].length > 0)
    .map((finding) => ({
      edits: [{ ...stretchOf(notice, finding, part), words: '' }],
      touched: finding.evidence,
      caughtBy: ['presence'],
      style: 'info',
    }));
}

/** From the first mark of a part to the end of its last item. */
function stretchOf({ sequences }: Notice, finding: Finding, part: 'measures' | 'outcomes'): Span {
  const items = finding[part];
  const [first, last] = [items[0]?.evidence.start ?? 0, items.at(-1)?.evidence.end ?? 0];
  const mark = sequences.flatMap(({ markers }) => markers).find(({ end }) => end <= first && first - end <= 2);
  return { start: mark?.start ?? first, end: last };
}

const outcomeReplaced =
  (written: readonly string[], caughtBy: readonly string[]): Maker =>
  ({ notice }) =>
    notice.findings.flatMap(({ outcomes }, at) => {
      const last = outcomes.at(-1);
      return last === undefined ? [] : [replace(last.evidence, written[at % written.length] ?? '', caughtBy, 'info')];
    });

const outcomeEchoes: Maker = ({ notice }) =>
  notice.findings.flatMap(({ measures, outcomes }) => {
    const [measure, outcome] = [measures.find(({ text }) => text.length >= LONG_ENOUGH), outcomes.at(-1)];
    return measure === undefined || outcome === undefined
      ? []
      : [replace(outcome.evidence, measure.text, ['echo'], 'info')];
  });

/** A sentence after the last word of what a finding reports. */
const added = (finding: Finding, written: string): Mutant => {
  const { end } = (finding.outcomes.at(-1) ?? finding.measures.at(-1) ?? finding).evidence;
  return replace({ start: end, end }, written, ['contradiction']);
};

const doneButOpen: Maker = ({ notice }) =>
  notice.findings.filter(({ status }) => status === 'completed').map((finding) => added(finding, words.stillOpen));

const openButDone: Maker = ({ notice }) =>
  notice.findings.filter(({ status }) => status === 'ongoing').map((finding) => added(finding, words.wholeDone));

// ── Names and words ───────────────────────────────────────────────────────────────────────────────────────────────

const miswritten =
  (pairs: Readonly<Record<string, string>>): Maker =>
  ({ text }) =>
    Object.entries(pairs).flatMap(([right, wrong]) =>
      [...text.matchAll(new RegExp(right, 'gu'))].map(({ index }) =>
        replace({ start: index, end: index + right.length }, wrong, ['term'], 'info'),
      ),
    );

const inserted =
  (written: string): Maker =>
  ({ notice }) =>
    notice.findings.slice(0, 4).map(({ outcomes, measures, evidence }) => {
      const { end } = (outcomes.at(-1) ?? measures.at(-1))?.evidence ?? evidence;
      return replace({ start: end, end }, written, ['privacy']);
    });

const ownBody = ({ unit }: Notice): string | undefined =>
  Object.keys(words.bodies).find((body) => unit?.name.endsWith(body));

/** Mentions of the unit by its body after the first paragraph: 局党组, 区总工会党组. */
function mentions({ text, notice }: Original): readonly { readonly span: Span; readonly body: string }[] {
  const body = ownBody(notice);
  const stem = body === undefined ? undefined : notice.unit?.name.slice(0, -body.length);
  if (body === undefined || stem === undefined) return [];
  const names = Array.from({ length: Math.min(6, stem.length) }, (_, at) => stem.slice(-1 - at)).reverse();
  const from = notice.document.blocks[2]?.start ?? 0;
  return [...text.matchAll(new RegExp(`(?<=[，。；：\\n])(?:${names.join('|')})${body}(?!织)`, 'gu'))]
    .filter(({ index }) => index > from)
    .map(({ index, 0: whole }) => ({ span: { start: index, end: index + whole.length }, body }));
}

const bodySwapped: Maker = (original) =>
  mentions(original).map(({ span, body }) =>
    replace({ start: span.end - body.length, end: span.end }, words.bodies[body] ?? '', ['body']),
  );

const unitPasted: Maker = (original) => {
  const { notice } = original;
  const isOutside = ({ start }: Span): boolean =>
    !notice.findings.some(({ span }) => span.start <= start && start < span.end);
  return mentions(original).flatMap(({ span, body }) => {
    const other = words.otherUnits[(notice.unit?.name ?? '').slice(0, -body.length).at(-1) ?? ''];
    return other === undefined || !isOutside(span) ? [] : [replace(span, `${other}${body}`, ['body'])];
  });
};

const teamChanged: Maker = ({ text, notice }) => {
  const teams = notice.facts.filter(({ name }) => name === 'team').map(({ evidence }) => evidence);
  return teams.length < 2
    ? []
    : teams.slice(1).flatMap(({ start, end }) => {
        const match = /第([一二三四五六七八九十]+|\d+)/u.exec(text.slice(start, end));
        const number = match?.[1];
        if (match === null || number === undefined) return [];
        const value = /\d/.test(number) ? Number(number) : CHINESE.indexOf(number);
        const at = start + match.index + 1;
        return [replace({ start: at, end: at + number.length }, writeOrdinal(value + 1, number), ['team'])];
      });
};

const markDoubled: Maker = ({ text }) =>
  [...text.matchAll(/[\u4e00-\u9fff]([。，；])(?=[\u4e00-\u9fff])/gu)]
    .filter((_, at) => at % 17 === 0)
    .map(({ index, 1: mark }) => replace({ start: index + 2, end: index + 2 }, mark ?? '', ['term'], 'info'));

const quoteLost: Maker = ({ text }) =>
  [...text.matchAll(/“[^“”\n]+(”)/gu)]
    .filter((_, at) => at % 3 === 0)
    .map(({ index, 0: quoted }) => ({
      ...replace({ start: index + quoted.length - 1, end: index + quoted.length }, '', ['term'], 'info'),
      touched: { start: index, end: index + quoted.length - 1 },
    }));

export const mutations: Readonly<Record<string, Maker>> = {
  'completed +1': moveMetric('problems.completed', 1),
  'completed -1': moveMetric('problems.completed', -1),
  'ongoing +1': moveMetric('problems.ongoing', 1),
  'measures completed +1': moveMetric('measures.completed', 1),
  'rate: digits swapped': swapped,
  'rate: last digit +1': lastDigit(1),
  'rate: last digit -1': lastDigit(-1),
  'part +1': moveOperands(['breakdown'], 1, partsOf),
  'part -1': moveOperands(['breakdown'], -1, partsOf, 'info'),
  'total +1': moveOperands(['breakdown', 'sum'], 1, totalOf, 'info'),
  'total -1': moveOperands(['breakdown', 'sum'], -1, totalOf),
  'repeat broken': repeatBroken,
  'unit: 万元 for 元': unitSlip,
  'aspects +1': moveMetric('aspects.total', 1, 'info'),
  'problems +1': moveMetric('problems.total', 1),
  'listed count +1': moveOperands(['count'], 1, totalOf, 'info'),
  'listed count -1': moveOperands(['count'], -1, totalOf),
  'weekday shifted': weekdayShift,
  'span +1': spanMoved(1),
  'span -3': spanMoved(-3),
  'feedback before the end': feedbackEarly,
  'end before the start': periodReversed,
  'impossible date': impossibleDay,
  'ordinal: gap': ordinalGap,
  'ordinal: repeat': ordinalRepeat,
  'ordinal: misnumbered': ordinalMisnumbered,
  'ordinal: separator lost': separatorLost,
  'ordinal: stray digit': strayDigit,
  'ordinal: first mark lost': firstMarkLost,
  'measure twice': measureTwice,
  'passage copied': passageCopied,
  'measures dropped': (original) => dropped('measures', original),
  'outcomes dropped': (original) => dropped('outcomes', original),
  'outcome echoes its measure': outcomeEchoes,
  'outcome is a wish': outcomeReplaced(words.wishes, ['vague']),
  'outcome is an intention': outcomeReplaced(words.intentions, ['vague']),
  'done, but open': doneButOpen,
  'open, but done': openButDone,
  'body swapped': bodySwapped,
  'unit pasted': unitPasted,
  'team number changed': teamChanged,
  'term: 截至': miswritten(words.asOf),
  'term: 巡察': miswritten(words.inspection),
  'term: other': miswritten(words.miswritten),
  'mark doubled': markDoubled,
  'quotation mark lost': quoteLost,
  'mobile number': inserted(words.mobile),
  'identity number': inserted(words.identity),
};
