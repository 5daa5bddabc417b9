/** Segmented + rules → everything a notice claims, each with its place. */
import type { Extraction, Span } from '../model.js';
import type { RuleSet } from '../rules/load.js';
import { matchWithin } from '../rules/match.js';
import type { View } from '../rules/view.js';
import { contains, createLocator, firstMatch, onceFor, overlaps, trimSpan } from '../text.js';
import type { Headed } from './cells.js';
import { claimedSpans, coverageNotes, coverageOf } from './coverage.js';
import { findDeadlines } from './deadlines.js';
import { extractFacts } from './facts.js';
import { extractFigures } from './figures.js';
import { draftFindings, type FindingDraft, finishFindings, placesOf, textsOf } from './findings.js';
import { buildOutline, type Label, type Node, type Outline } from './outline.js';
import { pairLists } from './pairs.js';
import { joinReferences } from './references.js';
import { type Assignment, extractResponsibles, leadersIn, mergeResponsibles, withPosts } from './responsibles.js';
import { findFindings, type Reading, readHeading, tellsProgress } from './roles.js';
import { rolesOf, sectionsOf } from './sections.js';
import { headedCells, tableFindings } from './tables.js';
import { type TailPart, tailsOf } from './tails.js';

export function extract(rules: RuleSet, view: View): Extraction {
  const { document } = view.segmented;
  const locate = createLocator(document);
  const [usual, ...others] = RESORTS;
  let resort: (typeof RESORTS)[number] = usual;
  let { outline, drafts, read } = readFindings(rules, view, usual);
  for (const other of others) {
    const isEnough = drafts.length > 0 && reportedBeside(rules, view, drafts) <= drafts.length;
    if (isEnough) break;
    const next = readFindings(rules, view, other);
    if (next.drafts.length <= drafts.length) continue;
    resort = other;
    ({ outline, drafts, read } = next);
  }

  const facts = extractFacts(rules, view, locate, document);
  // Whoever a page names below the notice (主办单位：…) answers for the page.
  const tails = tailsOf(rules, view).flatMap(({ parts }) => parts.map(headedByNothing));
  const cells = [...headedCells(rules, view, resort.learns), ...tails];
  const heads = [...headsOf(drafts), ...authorsOf(rules, view, outline)];
  const assignments = extractResponsibles(rules, view, locate, outline.labels, heads, cells).filter(
    (assignment) => !outline.closing.some((block) => contains(block, assignment)),
  );
  const terms = [...outline.labels, ...cells.filter(({ role }) => role === 'deadline').map(atStart)];
  const findings = finishFindings(rules, view, locate, drafts, {
    names: (within, without) => namesIn(assignments, within, without),
    leaders: (heading) => leadersIn(rules, view, heading),
    deadline: (within, without) =>
      within
        .flatMap((place) => findDeadlines(rules, view, place, facts.inspection, terms))
        .find(({ iso, span }) => iso !== undefined && !without.some((other) => contains(other, span)))?.iso,
  });
  const teams = facts.facts.filter(({ name }) => name === 'team').map(({ evidence }) => evidence);
  // 市委巡察三组 counts nothing.
  const isInTeam = (quantity: Span): boolean => teams.some((team) => contains(team, quantity));
  const nodes = rolesOf(outline, drafts, read);
  const coverage = coverageOf(view.blocks, [...claimedSpans(nodes), ...drafts.flatMap(placesOf)]);
  return {
    ...(facts.unit === undefined ? {} : { unit: facts.unit }),
    inspection: facts.inspection,
    sections: sectionsOf(view, locate, drafts, read),
    findings,
    figures: extractFigures(
      rules,
      view,
      locate,
      drafts.flatMap(placesOf).sort((a, b) => a.start - b.start),
      sectionLeads(drafts),
    ).filter((figure) => figure.metric !== null || !isInTeam(figure.quantity)),
    responsibles: withPosts(rules, view, mergeResponsibles(assignments)),
    documents: view.documents.map((span) => ({
      title: view.text.slice(span.start + 1, span.end - 1),
      evidence: locate.evidence(span),
    })),
    outline: nodes,
    sequences: outline.sequences,
    dates: view.dates,
    facts: facts.facts,
    coverage,
    notes: [...coverageNotes(coverage, findings.length), ...view.notes],
  };
}

/** How many paragraphs that only say what was found (巡视指出，…) belong to no finding; none where they are but a few. */
function reportedBeside(rules: RuleSet, view: View, drafts: readonly FindingDraft[]): number {
  const signs = rules.lists.get('ALIKE_SIGNS') ?? [];
  const reported = view.blocks.filter(
    (block) =>
      signs.includes(view.folded.charAt(trimSpan(view.folded, block).start)) &&
      matchWithin(rules, 'titles', view, block).some(({ set }) => set.form === 'reported') &&
      !drafts.some((draft) => placesOf(draft).some((place) => overlaps(place, block))),
  );
  return reported.length < FEWEST_REPORTED ? 0 : reported.length;
}

const FEWEST_REPORTED = 3;

/** Lines below the title, of which one may name the author of a report in the first person. */
function authorsOf(rules: RuleSet, view: View, { title }: Outline): readonly Span[] {
  const { regex } = rules.compile('{SPEAKS_OF_SELF}', 'folded');
  if (firstMatch(regex, view.folded) === null) return [];
  // 报告人：…
  return title.slice(1).map(({ start, end }) => ({
    start: start + view.folded.slice(start, end).lastIndexOf('：') + 1,
    end,
  }));
}

/** A part of a bracket or line that no label heads. */
const headedByNothing = ({ start, end, role }: TailPart): Headed => ({
  role,
  label: { start, end: start },
  cell: { start, end },
});

/** A cell below a label as what that label says. */
const atStart = ({ role, cell }: Headed): Label => ({ start: cell.start, end: cell.start, role });

/** Headings above findings, once each. */
const headsOf = (drafts: readonly FindingDraft[]): readonly Span[] =>
  [...new Set(drafts.flatMap(({ above }) => above))].map(({ content }) => content);

/** What sections say before their first finding, of those that stand beside other such sections. */
function sectionLeads(drafts: readonly FindingDraft[]): readonly Span[] {
  const firsts = new Map<Node, number>();
  for (const { above, span } of drafts)
    for (const node of above) firsts.set(node, Math.min(firsts.get(node) ?? span.start, span.start));
  const beside = (node: Node): number => [...firsts.keys()].filter(({ parent }) => parent === node.parent).length;
  return [...firsts]
    .filter(([node]) => beside(node) > 1)
    .map(([{ content }, end]) => ({ start: content.start, end: Math.max(content.start, end) }));
}

/** What may be tried: labels of columns learnt from what stands below them, forms that elsewhere tell what was done. */
const RESORTS = [
  { learns: false, lastResort: false },
  { learns: true, lastResort: false },
  { learns: true, lastResort: true },
] as const;

function readFindings(
  rules: RuleSet,
  view: View,
  { learns, lastResort }: (typeof RESORTS)[number],
): { readonly outline: Outline; readonly drafts: readonly FindingDraft[]; readonly read: (node: Node) => Reading } {
  const outline = buildOutline(rules, view, lastResort);
  const read = onceFor((node: Node) => readHeading(rules, view, node, lastResort));
  const tables = tableFindings(rules, view, outline, learns);
  // A heading above a table of findings is their section, unless it tells what was done itself.
  const sections = new Set(tables.flatMap(({ above }) => above));
  const found = findFindings(outline, read).filter(({ node }) => !sections.has(node) || tellsProgress(node, read));
  const sources = pairLists(rules, view, outline, found, read);
  const texts = [...textsOf(rules, view, outline, sources), ...tables];
  const joined = joinReferences(rules, view, outline, read, texts);
  return { outline, drafts: draftFindings(rules, view, outline, joined), read };
}

/** Names that are assigned in `within` but not in any of `without`, once each. */
function namesIn(
  assignments: readonly Assignment[],
  within: readonly Span[],
  without: readonly Span[],
): readonly string[] {
  const names = assignments
    .filter(
      (assignment) =>
        within.some((place) => contains(place, assignment)) && !without.some((span) => contains(span, assignment)),
    )
    .map(({ name }) => name);
  return [...new Set(names)];
}
