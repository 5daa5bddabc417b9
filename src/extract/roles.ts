/**
 * Outline + rules → which headings are findings. Headings are judged with their siblings, since a notice writes its
 * findings alike: by what they say (titles, cues) and by what stands under them (labels, lists). The deepest headings
 * that qualify are the findings; those above them are sections.
 */
import type { Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin, type RuleMatch } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { trimSpan } from '../text.js';
import { type Label, type Node, type Outline, sliceOf } from './outline.js';
import { readStatus } from './status.js';

/** A heading read for what it may be. */
export interface Reading {
  /** First sentence of the node, without its mark. */
  readonly heading: Span;
  /** Rest of the paragraph. */
  readonly rest: Span;
  readonly titles: readonly Span[];
  readonly strength: 'strong' | 'weak' | 'none';
  readonly form: string;
  /** organisation, plan, progress, attachment, accountability; what its words say stands under it. */
  readonly region: string | undefined;
  readonly cues: ReadonlySet<string>;
  /** A sentence right below says how far it has come: 该问题已完成整改。 */
  readonly tellsStatus: boolean;
}

/** A finding before its parts are read: the node, or the stretch of nodes after a label that names the finding. */
export interface FindingSource {
  readonly node: Node;
  readonly reading: Reading;
  /** Set where a label (反馈问题：) names the finding. */
  readonly label?: Label;
  /** The label's heading is a section, as one of the same style that holds several findings is. */
  readonly isInSection?: boolean;
  readonly nodes: readonly Node[];
  /** What was done is told by an item of another list. */
  readonly told?: Node;
  /** Where its own text begins, after its title. */
  readonly bodyStart: number;
  readonly end: number;
}

const PROGRESS_ROLES = new Set(['measures', 'outcomes', 'progress', 'status']);
const REGIONS_WITHOUT_FINDINGS = new Set(['organisation', 'plan', 'attachment', 'accountability']);
const QUALIFIES = 1.6;
const ENOUGH = 0.4;
const HARDLY_ANY = 0.2;
const MOST = 0.6;

/** @param lastResort a problem may be named in the second sentence: 完善学习机制。针对学习不系统的问题，… */
export function readHeading(rules: RuleSet, view: View, node: Node, lastResort = false): Reading {
  const usual = readFirst(rules, view, node);
  if (!lastResort || usual.strength === 'strong' || usual.cues.has('problem')) return usual;
  const inner = sliceOf(view.sentences, node.content).find(({ start }) => start > node.content.start);
  const [named] = inner === undefined ? [] : matchWithin(rules, 'titles', view, inner).filter(isNamedInside(inner));
  if (inner === undefined || named === undefined) return usual;
  const start = named.captures.get('tail')?.end ?? named.end;
  return {
    ...usual,
    rest: trimSpan(view.text, { start, end: node.content.end }, '，。：；,:;.、—-'),
    titles: named.emits.map(({ span }) => span),
    strength: 'strong',
    form: named.set.form ?? usual.form,
  };
}

const isNamedInside =
  (sentence: Span) =>
  ({ start, set }: RuleMatch): boolean =>
    set.strength === 'strong' && set.form !== 'bare' && start === sentence.start;

function readFirst(rules: RuleSet, view: View, node: Node): Reading {
  const { content } = node;
  const heading = headingOf(rules, view, node);
  const matches = [heading, { start: content.start, end: Math.min(content.end, content.start + 400) }].flatMap((span) =>
    matchWithin(rules, 'titles', view, span),
  );
  const best = bestTitle(matches, heading);
  const cues = new Set<string>();
  for (const cue of matchWithin(rules, 'cues', view, heading)) cues.add(cue.set.cue ?? '');
  const region = regionOf(rules, view, node, heading);
  const end = best === undefined ? heading.end : beforeStatus(rules, view, { start: heading.start, end: best.end });
  const isWhole = best === undefined || best.form === 'sentence';
  return {
    heading,
    rest: trimSpan(
      view.text,
      { start: isWhole ? heading.end : Math.min(end, content.end), end: content.end },
      '，。：；,:;.、—-',
    ),
    titles: isWhole ? [heading] : best.titles,
    strength: strengthOf(best, node),
    form: best?.form ?? 'sentence',
    region,
    cues,
    tellsStatus: tellsStatus(rules, view, node),
  };
}

/** What the words of a heading, or of a paragraph that a label opens (问：下一步有什么打算？), say stands under it. */
function regionOf(rules: RuleSet, view: View, node: Node, heading: Span): string | undefined {
  const opening = node.labels.find(({ role, start }) => role === 'finding' && start <= node.content.start + 1);
  if (node.kind !== 'heading' && opening === undefined) return undefined;
  const words = trimSpan(view.text, { start: opening?.end ?? heading.start, end: heading.end });
  return matchWithin(rules, 'headings', view, node.kind === 'heading' ? heading : words)[0]?.set.role;
}

/** A title that is one only where its fellows are (在…方面) is as strong as the outline found them. */
function strengthOf(title: Title | undefined, node: Node): Reading['strength'] {
  if (title === undefined) return 'none';
  if (title.strength !== 'alike' && title.strength !== 'last') return title.strength;
  return node.isStrong ? 'strong' : 'none';
}

/** True where the first or last sentence of what stands directly below the heading says nothing but its status. */
function tellsStatus(rules: RuleSet, view: View, node: Node): boolean {
  const below = [node, ...node.children.filter(({ kind }) => kind === 'prose')];
  return [below[0], below[1], below.at(-1)].some((part) => {
    if (part === undefined) return false;
    const sentences = sliceOf(view.sentences, part.content);
    const own = part === node ? sentences.slice(1) : sentences;
    return [own[0], own.at(-1)].some(
      (sentence) => sentence !== undefined && readStatus(rules, view, sentence).isOnlyStatus,
    );
  });
}

/** The heading of a node: its content to the first full stop, colon, or list that runs on in the paragraph. */
function headingOf(rules: RuleSet, view: View, node: Node): Span {
  const { start, end } = node.content;
  // A label that names the finding (反馈问题：…) is part of the heading.
  const opening = node.labels.find((label) => label.role === 'finding' && label.start <= start + 1);
  const stop = firstStop(view.folded, opening?.end ?? start, end);
  const list = node.markers.find((marker) => marker.start > start)?.start ?? end;
  const label =
    startOf(
      view,
      node.labels.find((other) => other.start > start),
    ) ?? end;
  const whole = trimSpan(view.text, { start, end: Math.min(stop, list, label) });
  return trimSpan(view.text, { start, end: beforeStatus(rules, view, whole) }, '【】');
}

/** Where a label begins: at the bracket that it opens. */
function startOf(view: View, label: Label | undefined): number | undefined {
  if (label === undefined) return undefined;
  return '（〔【'.includes(view.folded.charAt(label.start - 1)) ? label.start - 1 : label.start;
}

/** What may state a status at the end of a heading: a bracket （已完成）, or words after a dash or a gap ——已完成. */
const TAILS = [/[（〔【]([^（）〔〕【】]{2,40})[）〕】]$/, /(?:—{1,2}|-{1,2}|[ \t]{1,4}|[|/])([^—|/\s-]{2,16})$/];

/** End of `span` without what at its end but states a status. */
function beforeStatus(rules: RuleSet, view: View, span: Span): number {
  const written = view.folded.slice(span.start, span.end);
  for (const tail of TAILS) {
    const hit = tail.exec(written);
    if (hit === null || hit.index === 0) continue;
    const from = span.start + hit.index + hit[0].indexOf(hit[1] as string);
    const words = { start: from, end: from + (hit[1] as string).length };
    if (readStatus(rules, view, words, true).isOnlyStatus) return span.start + hit.index;
  }
  return span.end;
}

/** Offset of the first 。 or ： outside quotes and brackets, or `end`. */
function firstStop(folded: string, start: number, end: number): number {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const char = folded.charAt(at);
    if ('“《（'.includes(char)) depth += 1;
    else if ('”》）'.includes(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && '。：！？\n'.includes(char)) return at;
  }
  return end;
}

interface Title {
  readonly titles: readonly Span[];
  readonly strength: Reading['strength'] | 'alike' | 'last';
  readonly form: string;
  readonly end: number;
}

function bestTitle(matches: readonly RuleMatch[], heading: Span): Title | undefined {
  const usable = matches.filter((match) => match.start < heading.end);
  const [first] = [...usable].sort((a, b) => b.rule.priority - a.rule.priority || a.start - b.start);
  if (first === undefined) return undefined;
  const same = usable.filter((match) => match.rule === first.rule && match.start >= first.start);
  const titles = same.flatMap((match) => match.emits.map(({ span }) => span)).filter(distinctSpan);
  return {
    titles,
    strength: (first.set.strength ?? 'none') as Title['strength'],
    form: first.set.form ?? 'sentence',
    end: Math.max(...same.map((match) => match.captures.get('tail')?.end ?? match.end)),
  };
}

const distinctSpan = (span: Span, at: number, all: readonly Span[]): boolean =>
  all.findIndex((other) => other.start < span.end && span.start < other.end) === at;

// ── Which headings are findings ───────────────────────────────────────────────────────────────────────────────────

export type Read = (node: Node) => Reading;

/** Whether siblings of one style are findings. */
type Qualifies = (family: readonly Node[]) => boolean;

interface Wanted {
  readonly qualifies: Qualifies;
  readonly deep: boolean;
}

/**
 * The findings that say so themselves; then, since a notice writes its findings alike, those of the same style that say
 * it less plainly (进一步加强理论武装). Where none says so, the innermost headings with a text of their own are findings.
 */
export function findFindings(outline: Outline, read: Read): readonly FindingSource[] {
  const named = (family: readonly Node[]): boolean => qualifiesAsFindings(family, read);
  const usual = findingsWhere(outline, read, named);
  const deep = usual.length === 0;
  const plain = deep ? findingsWhere(outline, read, named, deep) : usual;
  const styles = new Set(plain.map(({ node }) => placeOf(node)));
  const isAlike: Qualifies = (family) =>
    styles.size === 0
      ? isInnermostWithText(family, read)
      : qualifiesAsFindings(family, read) ||
        (styles.has(placeOf(family[0] as Node)) && family.every((node) => hasText(node, read)));
  // Where none says so, the marks of the innermost styles are still no findings.
  const alike = findingsWhere(outline, read, isAlike, deep && styles.size > 0);
  return alike.length >= plain.length ? alike : plain;
}

/** @param deep marks of the innermost styles (一是) may head findings, too */
function findingsWhere(outline: Outline, read: Read, qualifies: Qualifies, deep = false): readonly FindingSource[] {
  const out: FindingSource[] = [];
  collect(outline.roots, undefined, read, { qualifies, deep }, out);
  return out.sort((a, b) => a.bodyStart - b.bodyStart);
}

const styleOf = (node: Node | undefined): string => node?.marker?.family ?? node?.kind ?? 'none';

/** Style of a heading and of the heading above it. */
const placeOf = (node: Node): string => `${styleOf(node.parent)} ${styleOf(node)}`;

/** Something stands under the heading besides itself. */
const hasText = (node: Node, read: Read): boolean => {
  const { rest } = read(node);
  return node.children.length > 0 || rest.end - rest.start > 4;
};

const isInnermostWithText = (family: readonly Node[], read: Read): boolean =>
  family.filter((node) => node.children.length > 0).length >= family.length * MOST &&
  family.every(
    (node) =>
      node.kind === 'heading' && !node.children.some((child) => child.kind === 'heading' && hasText(child, read)),
  );

/** Below a heading that names a problem, plain sentences with nothing under them are what was done about it. */
const isListOfMeasures = (family: readonly Node[], parent: Node | undefined, read: Read): boolean =>
  parent !== undefined &&
  (read(parent).strength === 'strong' || parent.marker?.style === 'problem' || isPartOfFinding(parent)) &&
  family.some((node) => read(node).strength !== 'strong' && node.labels.length === 0 && !hasText(node, read));

/** 整改举措： below 反馈意见：… */
const isPartOfFinding = (node: Node): boolean =>
  node.kind === 'label' &&
  node.labels.some(({ role }) => PROGRESS_ROLES.has(role)) &&
  node.parent?.labels.some(({ role }) => role === 'finding') === true;

/** Adds the findings below `nodes` and returns whether there are any. */
function collect(
  nodes: readonly Node[],
  parent: Node | undefined,
  read: Read,
  wanted: Wanted,
  out: FindingSource[],
): boolean {
  const before = out.length;
  for (const family of families(nodes, wanted.deep)) {
    if (areUnitsWithProblems(family, read)) {
      for (const node of family) out.push(...problemLines(node, read));
      continue;
    }
    const isListed = parent !== undefined && read(parent).region === 'problems' && family.every(isOnlyText);
    const qualifies = isListed || (wanted.qualifies(family) && !isListOfMeasures(family, parent, read));
    const barred = (node: Node): boolean => {
      const { region, strength, cues } = read(node);
      const isNamed = strength === 'strong' || cues.has('problem');
      return REGIONS_WITHOUT_FINDINGS.has(region ?? '') && !(qualifies && isNamed) && !holdsStrong(node, read);
    };
    const sections = new Set(family.filter((node) => !barred(node) && collect(node.children, node, read, wanted, out)));
    // Written alike: where headings name the problem, a label below tells it again in all of them.
    const named = family.filter((node) => isNamed(node, read));
    const areNamed = named.length > 0 && named.length >= family.length * ENOUGH;
    const holdSeveral = family.some((node) => findingLabels(node).length > 1 && !sections.has(node));
    for (const node of family) {
      if (barred(node) || sections.has(node)) continue;
      const labels = findingLabels(node);
      if (labels.length > 1 || (labels.length === 1 && holdSeveral)) out.push(...splitByLabels(node, labels, read));
      else if (labels.length === 1 && !(areNamed ? hasOwnWords(node, read) : isNamed(node, read)))
        out.push(fromLabel(node, labels[0] as LabelPlace, read(node)));
      else if (qualifies && !isExempt(node, read, family, sections.size > 0)) {
        const source = fromNode(node, read(node));
        out.push(endsWithItself(node, family, read) ? { ...source, end: node.block.end } : source);
      } else if (sections.size > 0 && !qualifies) out.push(...loneFinding(node, read));
    }
  }
  if (parent === undefined && out.length === before) {
    // 整改情况： at the outermost level may stand over the findings.
    for (const node of nodes) if (node.kind === 'label') collect(node.children, node, read, wanted, out);
  }
  if (parent === undefined && out.length === before) {
    const labels = nodes.flatMap((node) => (node.kind === 'heading' ? [] : placesIn(node)));
    if (labels.length > 0 && nodes[0] !== undefined) out.push(...splitAmong(nodes, labels, read));
  }
  return out.length > before;
}

/** Headings that are but names of units, most lines below which say what was wrong there, and after a colon what was done. */
const areUnitsWithProblems = (family: readonly Node[], read: Read): boolean => {
  const lines = family.flatMap(({ children }) => children);
  return (
    family.length > 1 &&
    family.every((node) => read(node).cues.has('unit')) &&
    lines.every(({ kind }) => kind === 'prose') &&
    family.flatMap((node) => problemLines(node, read)).length >= lines.length * MOST
  );
};

/** 合同未上平台：已于8月补录。 */
const problemLines = ({ children }: Node, read: Read): readonly FindingSource[] =>
  children.flatMap((line) => {
    const { heading, rest } = read(line);
    const isNamed = heading.end - heading.start <= LONGEST_NAME && rest.start - heading.end <= 1;
    return line.labels.length === 0 && isNamed && rest.end - rest.start >= SHORTEST_BODY
      ? [fromNode(line, read(line))]
      : [];
  });

const LONGEST_NAME = 24;

/** 完成情况： and the like stand in the node or somewhere below it. */
const labelsProgress = ({ labels, children }: Node): boolean =>
  labels.some(({ role }) => PROGRESS_ROLES.has(role)) || children.some(labelsProgress);

/** The one finding of a section that did not number it: its first paragraph, where those that follow tell what was done. */
function loneFinding(node: Node, read: Read): readonly FindingSource[] {
  const [first, ...others] = node.children;
  if (node.kind !== 'heading' || first?.kind !== 'prose' || labelsProgress(first) || !others.some(labelsProgress))
    return [];
  return [{ ...fromNode(first, read(first)), nodes: node.children, end: node.end }];
}

/**
 * True where findings are a paragraph each, so that what follows the last of them without a mark or label (整改期间，…) speaks
 * of the whole.
 */
function endsWithItself(node: Node, family: readonly Node[], read: Read): boolean {
  const isWhole = (each: Node): boolean => {
    const { rest } = read(each);
    return rest.end - rest.start >= SHORTEST_BODY;
  };
  return (
    node === family.at(-1) &&
    family.length >= FEWEST_ALIKE &&
    family.every((each) => isWhole(each) && (each === node || each.children.length === 0)) &&
    node.children.every(({ kind, labels, markers }) => kind === 'prose' && labels.length + markers.length === 0)
  );
}

const SHORTEST_BODY = 12;
const FEWEST_ALIKE = 3;

/** A counted heading without others below it. */
const isOnlyText = ({ marker, children }: Node): boolean =>
  marker !== undefined && marker.value > 0 && children.every(({ kind }) => kind === 'prose');

/** True where the heading itself names the problem, so that a label below only tells it again. */
const isNamed = (node: Node, read: Read): boolean => {
  if (namesByOwnLabel(node)) return false;
  const reading = read(node);
  if (reading.heading.end <= reading.heading.start) return false;
  return reading.strength === 'strong' || reading.cues.has('problem') || node.marker?.style === 'problem';
};

/** The heading says something besides its mark and labels. */
const hasOwnWords = (node: Node, read: Read): boolean => {
  const { heading } = read(node);
  return heading.end > heading.start && !namesByOwnLabel(node);
};

/** A label opens it that names the problem (反馈意见：…), or asks for it (检查组指出什么？). */
const namesByOwnLabel = ({ labels, content }: Node): boolean =>
  labels.some(({ role, start }) => (role === 'finding' || role === 'remark') && start <= content.start + 1);

/** Siblings that are headings of one style. */
function families(nodes: readonly Node[], deep: boolean): readonly (readonly Node[])[] {
  const byStyle = new Map<string, Node[]>();
  for (const node of nodes) {
    const isCounted = node.marker !== undefined && (node.marker.value > 0 || findingLabels(node).length > 0);
    if (node.kind !== 'heading' && !(node.kind === 'label' && isCounted)) continue;
    const style = node.marker?.family ?? 'plain';
    const family = byStyle.get(style);
    if (family === undefined) byStyle.set(style, [node]);
    else family.push(node);
  }
  // Marks of the innermost styles head findings only where labels say so (◆ 审计发现：) or text stands under them.
  return [...byStyle.values()].filter((family) => {
    const heads = family.filter((node) => node.rank < 8 || hasParts(node) || findingLabels(node).length > 0);
    return deep || heads.length >= family.length * MOST;
  });
}

/** Paragraphs or labels stand under the heading. */
const hasParts = (node: Node): boolean =>
  node.children.length > 0 || node.labels.some(({ role }) => PROGRESS_ROLES.has(role));

/** A family is one of findings where its members are on the whole, or where enough are and hardly any is a measure. */
function qualifiesAsFindings(family: readonly Node[], read: Read): boolean {
  const mean = family.reduce((sum, node) => sum + score(node, read(node)), 0) / family.length;
  if (mean >= QUALIFIES || areRecords(family, read)) return true;
  const share = (holds: (reading: Reading) => boolean): number =>
    family.filter((node) => holds(read(node))).length / family.length;
  const names = share(({ strength, cues }) => strength === 'strong' || cues.has('problem'));
  const acts = share(({ strength, cues }) => strength !== 'strong' && cues.has('measure') && !cues.has('problem'));
  return family.length > 1 && names >= ENOUGH && acts <= HARDLY_ANY;
}

const TERMS = new Set(['responsibles', 'deadline', 'status', 'progress', 'outcomes']);

/** Items that are no labels themselves, below nothing that names a problem, each of which says who, until when and how far under labels of its own. */
function areRecords(family: readonly Node[], read: Read): boolean {
  const parent = family[0]?.parent;
  const isBelowProblem = parent !== undefined && (isNamed(parent, read) || parent.kind !== 'heading');
  const hasTerms = (node: Node): boolean =>
    new Set(ownLabels(node).flatMap(({ role }) => (TERMS.has(role) ? [role] : []))).size >= FEWEST_TERMS;
  return family.length > 1 && !isBelowProblem && family.every((node) => node.kind === 'heading' && hasTerms(node));
}

const FEWEST_TERMS = 2;

/** Labels in the node's paragraph and in those below it that no number counts. */
const ownLabels = ({ labels, children }: Node): readonly Label[] => [
  ...labels,
  ...children.flatMap((child) => (child.kind === 'heading' || (child.marker?.value ?? 0) > 0 ? [] : child.labels)),
];

function score(node: Node, reading: Reading): number {
  if (node.kind === 'label') return -2;
  if (findingLabels(node).length === 1) return 3;
  if (node.marker?.style === 'problem') return 3;
  let points = 0;
  if (reading.strength === 'strong') points += 3;
  else if (reading.strength === 'weak') points += 1;
  if (reading.cues.has('problem')) points += reading.strength === 'strong' ? 0 : 2;
  else if (reading.cues.has('measure') && reading.strength !== 'strong') points -= 1.5;
  if (reading.region !== undefined && reading.strength !== 'strong') points -= 1.5;
  if (labelsBelow(node).some((label) => PROGRESS_ROLES.has(label.role))) points += 1.3;
  if (reading.tellsStatus) points += 1.3;
  if (node.rank >= 5 && reading.strength !== 'strong') points -= 0.5;
  return points;
}

/** One of a family of findings that is none: it speaks of organisation or next steps. */
const isExempt = (node: Node, read: Read, family: readonly Node[], besideSections: boolean): boolean => {
  const reading = read(node);
  if (reading.strength === 'strong') return false;
  if (family.length === 1 || !REGIONS_WITHOUT_FINDINGS.has(reading.region ?? '')) return false;
  return besideSections || !reading.cues.has('problem');
};

/** A label (反馈意见：) or mark (问题2) at its start says that the heading is a finding. */
const namesByLabel = (node: Node): boolean =>
  node.marker?.style === 'problem' || placesIn(node).some(({ label }) => label.start <= node.content.start + 1);

/** Some heading below is a finding, as itself says or as the labels of what was done and brought below it say. */
const holdsStrong = (node: Node, read: Read): boolean =>
  node.children.some(
    (child) =>
      (child.kind === 'heading' && (read(child).strength === 'strong' || namesByLabel(child) || isTreated(child))) ||
      holdsStrong(child, read),
  );

/** Both what was done about it and what it brought are labelled. */
const isTreated = (node: Node): boolean => {
  const roles = new Set(labelsBelow(node).map(({ role }) => role));
  return roles.has('measures') && (roles.has('outcomes') || roles.has('status'));
};

/** Labels or a status say what was done about the problem that the node names. */
export const tellsProgress = (node: Node, read: Read): boolean =>
  read(node).tellsStatus || labelsBelow(node).some(({ role }) => PROGRESS_ROLES.has(role));

/** Labels in the node's paragraph and in the paragraphs directly below it. */
const labelsBelow = (node: Node): readonly Label[] => [
  ...node.labels,
  ...node.children.flatMap((child) => (child.kind === 'heading' ? [] : child.labels)),
];

// ── Findings that a label names ───────────────────────────────────────────────────────────────────────────────────

interface LabelPlace {
  readonly label: Label;
  readonly node: Node;
}

const placesIn = (node: Node): readonly LabelPlace[] =>
  node.labels.filter((label) => label.role === 'finding').map((label) => ({ label, node }));

const findingLabels = (node: Node): readonly LabelPlace[] => [
  ...placesIn(node),
  ...node.children.flatMap((child) => (child.kind === 'heading' ? [] : placesIn(child))),
];

export function fromNode(node: Node, reading: Reading): FindingSource {
  return { node, reading, nodes: [node], bodyStart: reading.rest.start, end: node.end };
}

function fromLabel(node: Node, { label }: LabelPlace, reading: Reading): FindingSource {
  // A heading without a number that says something else is the section of what the label names.
  const isInSection = node.marker === undefined && hasOwnWords(node, () => reading);
  return {
    node,
    reading,
    label,
    nodes: [node],
    bodyStart: label.end,
    end: node.end,
    ...(isInSection && { isInSection }),
  };
}

function splitByLabels(node: Node, labels: readonly LabelPlace[], read: Read): readonly FindingSource[] {
  return labels.flatMap(({ label, node: own }, at) =>
    own !== node && asksOfPlans(own, read(own))
      ? []
      : [
          {
            node,
            reading: read(node),
            label,
            isInSection: true,
            nodes: [node],
            bodyStart: label.end,
            end: labels[at + 1]?.label.start ?? node.end,
          },
        ],
  );
}

function splitAmong(nodes: readonly Node[], labels: readonly LabelPlace[], read: Read): readonly FindingSource[] {
  const end = nodes.at(-1)?.end ?? 0;
  return labels.flatMap(({ label, node }, at) => {
    const reading = read(node);
    if (asksOfPlans(node, reading)) return [];
    return [{ node, reading, label, nodes, bodyStart: label.end, end: labels[at + 1]?.label.start ?? end }];
  });
}

/** 问：下一步有什么打算？ beside questions about problems. */
const asksOfPlans = ({ kind }: Node, { region, strength, cues }: Reading): boolean =>
  kind !== 'heading' && region === 'plan' && strength !== 'strong' && !cues.has('problem');
