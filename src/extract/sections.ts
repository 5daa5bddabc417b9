/** The headings that findings stand under, and the outline with the role that each heading turned out to have. */
import type { NodeRole, OutlineNode, Section, Span } from '../model.js';
import type { View } from '../rules/view.js';
import type { Locator } from '../text.js';
import type { FindingDraft } from './findings.js';
import type { Node, Outline } from './outline.js';
import type { Reading } from './roles.js';

/** The innermost heading above each finding, once, in text order. */
export function sectionsOf(
  view: View,
  locate: Locator,
  drafts: readonly FindingDraft[],
  read: (node: Node) => Reading,
): readonly Section[] {
  const seen = new Set<Node>();
  const sections: Section[] = [];
  for (const { above } of drafts) {
    const node = above.at(-1);
    if (node === undefined || seen.has(node)) continue;
    seen.add(node);
    const { heading } = read(node);
    sections.push({
      number: node.marker?.label ?? null,
      title: view.text.slice(heading.start, heading.end),
      level: above.length,
      evidence: locate.evidence({ start: node.marker?.start ?? heading.start, end: heading.end }),
    });
  }
  return sections.sort((a, b) => a.evidence.start - b.evidence.start);
}

const REGION_ROLES: Readonly<Record<string, NodeRole>> = {
  organisation: 'organisation',
  accountability: 'organisation',
  plan: 'plan',
  attachment: 'attachment',
  closing: 'closing',
  outlook: 'plan',
};

export function rolesOf(
  outline: Outline,
  drafts: readonly FindingDraft[],
  read: (node: Node) => Reading,
): readonly OutlineNode[] {
  const findings = new Set(drafts.map(({ heading }) => heading.start));
  const sections = new Set(drafts.flatMap(({ above }) => above));
  const firstHeading = outline.roots.find(({ kind }) => kind === 'heading')?.block.start ?? 0;
  const roleOf = (node: Node, start: number): NodeRole => {
    if (findings.has(start)) return 'finding';
    if (sections.has(node)) return 'section';
    if (node.kind === 'prose') return node.parent === undefined && node.block.start < firstHeading ? 'lead' : 'other';
    if (node.kind === 'label') return 'other';
    return REGION_ROLES[read(node).region ?? ''] ?? 'other';
  };
  const toOutline = (node: Node, level: number): OutlineNode => {
    const start = node.marker?.start ?? node.content.start;
    return {
      heading: node.kind === 'heading' ? read(node).heading : node.content,
      span: { start, end: node.end },
      level,
      role: roleOf(node, start),
      children: node.children.map((child) => toOutline(child, level + 1)),
      ...(node.marker === undefined ? {} : { marker: node.marker }),
    };
  };
  const blocks = (role: NodeRole, spans: readonly Span[]): readonly OutlineNode[] =>
    spans.map(({ start, end }) => ({ heading: { start, end }, span: { start, end }, level: 1, role, children: [] }));
  return [
    ...blocks('title', outline.title),
    ...outline.roots.map((node) => toOutline(node, 1)),
    ...blocks('closing', outline.closing),
  ];
}
