/**
 * A list of problems and a list of what was done about them that stand apart (一、问题清单 … 二、整改清单), linked by their numbers:
 * one finding each, named by the first and told by the second.
 */
import type { RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { firstMatch, hasInk } from '../text.js';
import type { Node, Outline } from './outline.js';
import { type FindingSource, fromNode, type Read, tellsProgress } from './roles.js';

/** Items of one list: all that stands under one of the outermost headings, or a run beside each other that counts from 1. */
interface List {
  readonly head: Node | undefined;
  /** The paragraph or label right before the first item. */
  readonly lead: Node | undefined;
  /** Numbered nodes, outermost first. */
  readonly nodes: readonly Node[];
}

const FEWEST = 2;
/** So large a share of the problems must have an answer. */
const ANSWERED = 0.8;
/** The answers name their own problems in so large a share: then the first list but announces them. */
const NAMED = 0.6;
const NO_ANSWER = new Set(['plan', 'attachment']);

export function pairLists(
  rules: RuleSet,
  view: View,
  outline: Outline,
  sources: readonly FindingSource[],
  read: Read,
): readonly FindingSource[] {
  const lists = listsOf(outline.roots);
  let found = sources;
  for (const [at, list] of lists.entries()) {
    const asked = questionsOf(rules, view, list, found, read);
    if (asked.length < FEWEST) continue;
    const last = Math.max(...asked.map(({ node }) => node.end));
    for (const answers of lists.slice(at + 1).filter((each) => startOf(each) >= last)) {
      if (!mayAnswer(rules, view, list, answers)) continue;
      if (NO_ANSWER.has(answers.head?.kind === 'heading' ? (read(answers.head).region ?? '') : '')) continue;
      const answerOf = answersIn(list, answers);
      const told = asked.flatMap((source) => {
        const answer = answerOf(source.node);
        return answer !== undefined && hasInk(view.text, answer.content) ? [{ ...source, told: answer }] : [];
      });
      if (told.length < asked.length * ANSWERED) continue;
      const named = told.filter(({ told: answer }) => {
        const { strength, cues } = read(answer);
        return strength === 'strong' || (cues.has('problem') && !cues.has('measure'));
      });
      const others = without(list.nodes, found);
      found = named.length >= told.length * NAMED ? others : [...told, ...without(answers.nodes, others)];
      break;
    }
  }
  return [...found].sort((a, b) => a.bodyStart - b.bodyStart);
}

function without(nodes: readonly Node[], sources: readonly FindingSource[]): readonly FindingSource[] {
  const left = new Set(nodes);
  return sources.filter(({ node }) => !left.has(node));
}

/** Lists in text order: what is under each outermost heading, and the runs of siblings. */
function listsOf(roots: readonly Node[]): readonly List[] {
  const below = roots.map((head): List => ({ head, lead: head, nodes: numberedBelow(head) }));
  const nested = roots.filter(({ kind }) => kind !== 'prose').flatMap((head) => runsOf(head.children, head));
  return [...below, ...runsOf(roots, undefined), ...nested]
    .filter(({ nodes }) => nodes.length >= FEWEST)
    .sort((a, b) => startOf(a) - startOf(b));
}

function runsOf(siblings: readonly Node[], head: Node | undefined): readonly List[] {
  const lists: (List & { readonly nodes: Node[] })[] = [];
  for (const [at, node] of siblings.entries()) {
    if (!isNumbered(node)) continue;
    const run = lists.findLast(({ nodes: [first] }) => first !== undefined && familyOf(first) === familyOf(node));
    if (run !== undefined && countOf(node) > countOf(run.nodes.at(-1) as Node)) run.nodes.push(node);
    else lists.push({ head, lead: at > 0 ? lastIn(siblings[at - 1] as Node) : head, nodes: [node] });
  }
  return lists;
}

/** The last paragraph of a node. */
function lastIn(node: Node): Node {
  const child = node.children.at(-1);
  return child === undefined ? node : lastIn(child);
}

const startOf = ({ nodes }: List): number => nodes[0]?.block.start ?? 0;
const familyOf = ({ marker }: Node): string => marker?.family ?? '';
const countOf = ({ marker }: Node): number => marker?.value ?? 0;
const isNumbered = (node: Node): boolean => node.kind !== 'prose' && countOf(node) > 0;

function numberedBelow(node: Node, into: Node[] = []): Node[] {
  for (const child of node.children) {
    if (isNumbered(child)) into.push(child);
    numberedBelow(child, into);
  }
  return into;
}

const holdsNumbered = (node: Node): boolean => node.children.some((child) => isNumbered(child) || holdsNumbered(child));

/** The problems of a list that tells nothing else; none where one of them tells what was done. */
function questionsOf(
  rules: RuleSet,
  view: View,
  { lead, nodes }: List,
  sources: readonly FindingSource[],
  read: Read,
): readonly FindingSource[] {
  const members = new Set(nodes);
  const known = sources.filter(({ node }) => members.has(node));
  if (known.some(({ label, told }) => (label ?? told) !== undefined)) return [];
  const isOfProblems = lead !== undefined && isProblemList(rules, view, lead);
  const asked = isOfProblems
    ? nodes
        .filter((node) => !holdsNumbered(node))
        .map((node) => known.find((source) => source.node === node) ?? fromNode(node, read(node)))
    : known;
  const isBare = ({ node }: FindingSource): boolean => {
    const { rest } = read(node);
    const saysMore = node.children.length > 0 || rest.end - rest.start > MOST_BESIDE;
    return !tellsProgress(node, read) && (isOfProblems || !saysMore);
  };
  return asked.every(isBare) ? asked : [];
}

/** Characters besides its title that a bare problem may have. */
const MOST_BESIDE = 4;

const isProblemList = (rules: RuleSet, view: View, lead: Node): boolean => says(rules, view, '{PROBLEM_LIST}', lead);

/** Where one list is said to be of problems, the other must be said to be of what was done; of problems it never is. */
function mayAnswer(rules: RuleSet, view: View, asked: List, { lead }: List): boolean {
  if (lead !== undefined && (isProblemList(rules, view, lead) || says(rules, view, '{GENERAL_WORK}', lead)))
    return false;
  const isOfProblems = asked.lead !== undefined && isProblemList(rules, view, asked.lead);
  return !isOfProblems || (lead !== undefined && says(rules, view, '{ANSWER_LIST}', lead));
}

/** True where the last sentence of a paragraph matches. */
function says(rules: RuleSet, view: View, pattern: string, { block, content }: Node): boolean {
  const { regex } = rules.compile(pattern, 'folded');
  const written = view.folded
    .slice(content.start, block.end)
    .trim()
    .replace(/[：:。]$/u, '');
  return firstMatch(regex, written.slice(written.lastIndexOf('。') + 1)) !== null;
}

/** The answer to a problem: the item with the same numbers from the head of its list down, or with the same last one. */
function answersIn(asked: List, answers: List): (node: Node) => Node | undefined {
  const path = (node: Node, head: Node | undefined): string => {
    const values: number[] = [];
    for (let at: Node | undefined = node; at !== undefined && at !== head; at = at.parent)
      if (isNumbered(at)) values.unshift(countOf(at));
    return values.join('.');
  };
  const byPath = new Map(answers.nodes.map((node) => [path(node, answers.head), node]));
  const byCount = new Map<number, Node | undefined>();
  for (const node of answers.nodes) byCount.set(countOf(node), byCount.has(countOf(node)) ? undefined : node);
  return (node) => byPath.get(path(node, asked.head)) ?? byCount.get(countOf(node));
}
