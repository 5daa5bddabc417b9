/** The same person or institution of one region named under different posts in several notices: a thing to look at. */
import type { CrossCheck, CrossOperand } from './comparison.js';
import { crossCheck } from './cross-check.js';
import { crossEvidence, type Entry } from './entry.js';
import type { Vocabulary } from './vocabulary.js';

interface Naming {
  readonly entry: Entry;
  readonly posts: readonly string[];
  readonly operand: CrossOperand;
}

/** More places than these add nothing to the question. */
const SHOWN_NAMINGS = 6;

/** The namings that add a post, where no post is common to two documents. */
function conflicting(namings: readonly Naming[]): readonly Naming[] {
  const seen = new Set<string>();
  const documents = new Set<string>();
  const kept: Naming[] = [];
  for (const naming of namings) {
    const { document } = naming.entry.identity;
    if (documents.has(document)) continue;
    if (naming.posts.some((post) => seen.has(post))) continue;
    for (const post of naming.posts) seen.add(post);
    documents.add(document);
    kept.push(naming);
  }
  return kept.length > 1 ? kept : [];
}

/** One observation for a name, region and kind, however many notices it stands in. */
export function checkPosts(entries: readonly Entry[], { dutyRoles }: Vocabulary): readonly CrossCheck[] {
  const byName = new Map<string, Naming[]>();
  for (const entry of entries) {
    for (const { name, kind, roles, evidence } of entry.responsibles) {
      const posts = roles.filter((role) => !dutyRoles.has(role));
      if (posts.length === 0) continue;
      const place = entry.identity.region ?? entry.identity.unitKey;
      const key = JSON.stringify([kind, place, name]);
      const stated = `${name}（${posts.join('、')}）`;
      const operand = { name, document: entry.identity.document, stated, evidence: crossEvidence(entry, evidence) };
      byName.set(key, [...(byName.get(key) ?? []), { entry, posts, operand }]);
    }
  }
  return [...byName.values()].flatMap((namings): readonly CrossCheck[] => {
    const different = conflicting(namings);
    if (different.length === 0) return [];
    const name = different[0]?.operand.name ?? '';
    const posts = different.slice(0, SHOWN_NAMINGS).map((naming) => naming.posts.join('、'));
    const oneUnit = new Set(different.map(({ entry }) => entry.identity.unitKey)).size === 1;
    return [
      crossCheck({
        kind: 'posts',
        subject: name,
        verdict: 'observed',
        severity: 'info',
        code: oneUnit ? 'compare.posts.unit' : 'compare.posts.region',
        values: { name, posts: posts.join(' / '), documents: different.length },
        operands: different.slice(0, SHOWN_NAMINGS).map(({ operand }) => operand),
      }),
    ];
  });
}
