/**
 * Reads a roster: a run of posts, names of persons and names of bodies between separators (党组书记、局长某某，办公室、财务科).
 * The shapes of its parts are macros of rules/people/roster.yaml.
 */
import type { Span } from '../model.js';
import type { CompiledPattern, RuleSet } from '../rules/load.js';
import type { View } from '../rules/view.js';
import { allMatches, firstMatch } from '../text.js';

/** A person or body of a roster; `posts` as written. */
export interface Member {
  readonly kind: 'person' | 'unit';
  readonly name: Span;
  readonly posts: readonly string[];
}

/** What the place of a roster lets one expect. Under `unit` a body need not end like one (综合, 安监). */
export type Expects = 'person' | 'unit' | 'any';

export interface Grammar {
  readonly token: CompiledPattern;
  readonly person: CompiledPattern;
  readonly nameThenPost: CompiledPattern;
  readonly bareName: CompiledPattern;
  readonly rareName: CompiledPattern;
  readonly countedUnits: CompiledPattern;
  readonly wordName: CompiledPattern;
  readonly post: CompiledPattern;
  readonly unit: CompiledPattern;
  readonly toldUnit: CompiledPattern;
  readonly shortUnit: CompiledPattern;
  readonly firmUnit: CompiledPattern;
  readonly bracketedTail: CompiledPattern;
  readonly sharedPost: CompiledPattern;
  readonly honorific: CompiledPattern;
  readonly conjunction: CompiledPattern;
  /** Words that look like names, and names that answer for nothing. */
  readonly noPersons: ReadonlySet<string>;
  readonly noUnits: ReadonlySet<string>;
  readonly unnamedUnits: ReadonlySet<string>;
  readonly postNoun: CompiledPattern;
  /** A table cell that is nothing but a label of answerability; such a label of bodies; the start of any other label. */
  readonly labelCell: CompiledPattern;
  readonly unitLabel: CompiledPattern;
  /** A label that lost its colon, before a name. */
  readonly openLabel: CompiledPattern;
  readonly group: CompiledPattern;
  readonly noName: CompiledPattern;
  readonly wordlike: CompiledPattern;
  readonly otherLabel: CompiledPattern;
}

const grammars = new WeakMap<RuleSet, Grammar>();

export function grammarOf(rules: RuleSet): Grammar {
  const known = grammars.get(rules);
  if (known !== undefined) return known;
  const macro = (name: string): CompiledPattern => rules.compile(`{${name}}`, 'folded');
  const words = (...lists: readonly string[]): ReadonlySet<string> =>
    new Set(lists.flatMap((list) => rules.lists.get(list) ?? []));
  const grammar: Grammar = {
    token: macro('ROSTER_TOKEN'),
    person: macro('ROSTER_PERSON'),
    nameThenPost: macro('ROSTER_NAME_THEN_POST'),
    bareName: macro('ROSTER_BARE_NAME'),
    rareName: macro('ROSTER_RARE_NAME'),
    countedUnits: macro('ROSTER_COUNTED_UNITS'),
    wordName: macro('ROSTER_WORD_NAME'),
    post: macro('ROSTER_POST'),
    unit: macro('ROSTER_UNIT'),
    toldUnit: macro('ROSTER_TOLD_UNIT'),
    shortUnit: macro('ROSTER_SHORT_UNIT'),
    firmUnit: macro('ROSTER_FIRM_UNIT'),
    bracketedTail: macro('ROSTER_BRACKETED_TAIL'),
    sharedPost: macro('ROSTER_SHARED_POST'),
    honorific: macro('ROSTER_HONORIFIC'),
    conjunction: macro('ROSTER_CONJUNCTION'),
    labelCell: macro('LABEL_CELL'),
    unitLabel: macro('UNIT_LABEL'),
    openLabel: macro('ROSTER_LABEL'),
    group: macro('ROSTER_GROUP'),
    noName: macro('ROSTER_NO_NAME'),
    wordlike: macro('ROSTER_WORDLIKE'),
    otherLabel: macro('OTHER_LABEL'),
    postNoun: rules.compile('{POST_NOUNS}$', 'folded'),
    noPersons: words('NOT_NAMES', 'PUBLIC_FIGURES'),
    noUnits: words('NO_UNITS'),
    unnamedUnits: words('UNNAMED_UNITS'),
  };
  grammars.set(rules, grammar);
  return grammar;
}

/** Captures of the first match of `pattern` in `text`, by name; `match` is the whole of it. */
export function find(pattern: CompiledPattern, text: string): ReadonlyMap<string, Span> | undefined {
  const hit = firstMatch(pattern.regex, text);
  return hit === null ? undefined : capturesOf(pattern, hit);
}

function capturesOf(pattern: CompiledPattern, hit: RegExpExecArray): ReadonlyMap<string, Span> {
  const captures = new Map<string, Span>([['match', { start: hit.index, end: hit.index + hit[0].length }]]);
  for (const { name, number } of pattern.captures) {
    const range = hit.indices?.[number];
    if (range !== undefined) captures.set(name, { start: range[0], end: range[1] });
  }
  return captures;
}

// ── Parts ─────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Part {
  readonly kind: 'person' | 'unit' | 'post' | 'unknown';
  /** The name of a person or body; else the part. */
  readonly name: Span;
  /** The post before or after a person's name, or the part itself where it is one. */
  readonly post?: string;
  /** True for a person whom a post, 同志 or a middle dot tells from a word. */
  readonly sure: boolean;
  /** Separators before the part. */
  readonly gap: string;
  /** What the bracket after it holds. */
  readonly note?: Span;
  /** The label before it, without its colon. */
  readonly label?: string;
}

interface Reading {
  readonly view: View;
  readonly grammar: Grammar;
  readonly expects: Expects;
  /** A label says that persons follow: a name may have any surname. */
  readonly labelled?: boolean;
  /** A post that the roster is given follows (任组长): it is one of names, whatever their surnames. */
  readonly named?: boolean;
}

function partsOf(reading: Reading, region: Span): readonly Part[] {
  const { view, grammar } = reading;
  const slice = view.folded.slice(region.start, region.end);
  const parts: Part[] = [];
  let gap = '';
  for (const hit of allMatches(slice, grammar.token.regex)) {
    const captures = capturesOf(grammar.token, hit);
    const part = captures.get('part');
    const note = captures.get('note');
    const last = parts.at(-1);
    if (part !== undefined) {
      parts.push(...partsIn(reading, shifted(part, region.start), gap));
      gap = '';
    } else if (note === undefined) {
      gap += hit[0];
    } else if (last !== undefined) {
      parts[parts.length - 1] = withNote(reading, last, shifted(note, region.start));
    }
  }
  return parts;
}

/** The bracket after a part: a note on it, or the end of a body's name (各科（室）). */
function withNote({ view, grammar }: Reading, part: Part, note: Span): Part {
  const isTail = find(grammar.bracketedTail, view.folded.slice(note.start, note.end)) !== undefined;
  if (part.kind === 'unit' && isTail && view.folded.charAt(note.end) === '）')
    return { ...part, name: { start: part.name.start, end: note.end + 1 } };
  return { ...part, note };
}

/** No roster has a part as long as this one; longer text between two separators is prose. */
const LONGEST_PART = 60;

/** One part, or the parts that conjunctions join where each is something known. */
function partsIn(reading: Reading, span: Span, gap: string): readonly Part[] {
  const { view, grammar } = reading;
  if (span.end - span.start > LONGEST_PART) return [unknown(span, gap)];
  const labelled = underOpenLabel(reading, span, gap);
  if (labelled !== undefined) return [labelled];
  const whole = partAt(reading, span, gap);
  if (whole.kind === 'post' && whole.name.end - whole.name.start < 8) return [whole];
  const written = view.folded.slice(span.start, span.end);
  for (const { index, 0: word } of allMatches(written, grammar.conjunction.regex)) {
    const left = partAt({ ...reading, expects: 'any' }, { start: span.start, end: span.start + index }, gap);
    if (left.kind === 'unknown') continue;
    // 党委书记和院长张某 holds both posts, 党委书记李某和院长张某 are two.
    if (whole.kind === 'person' && (left.kind !== 'person' || !left.sure)) continue;
    // 农村与社会发展科 is one body.
    const isOneBody = whole.kind === 'unit' && grammar.noUnits.has(view.folded.slice(left.name.start, left.name.end));
    if (isOneBody) continue;
    const right = partsIn(reading, { start: span.start + index + word.length, end: span.end }, '、');
    return right.every(({ kind }) => kind !== 'unknown') ? [left, ...right] : [whole];
  }
  return whole.kind === 'unknown' ? (bodyAndName(reading, span, gap) ?? [whole]) : [whole];
}

const NAME_LENGTHS = [3, 2, 4];

/** 绿化科李丹: a body and a name of it, with nothing between them. */
function bodyAndName(reading: Reading, span: Span, gap: string): readonly Part[] | undefined {
  const { view, grammar } = reading;
  for (const length of NAME_LENGTHS) {
    const at = span.end - length;
    if (at - span.start < 2) continue;
    const name = { start: at, end: span.end };
    const person = personAt(reading, name, '');
    if (person?.name.start !== at || person.post !== undefined) continue;
    const written = view.folded.slice(span.start, at);
    const unit = find(grammar.unit, written)?.get('unit');
    // The dictionary last: most notices do without it.
    if (unit?.start === 0 && unit.end === written.length && !isWord(view, name))
      return [{ kind: 'unit', name: { start: span.start, end: at }, sure: true, gap }, person];
  }
  return undefined;
}

/** 责任单位办公室: under a label, a part may begin with another that lost its colon. */
function underOpenLabel(reading: Reading, span: Span, gap: string): Part | undefined {
  const { view, grammar } = reading;
  const label = reading.labelled
    ? find(grammar.openLabel, view.folded.slice(span.start, span.end))?.get('label')
    : undefined;
  if (label === undefined) return undefined;
  const words = view.text.slice(span.start, span.start + label.end);
  const expects = find(grammar.unitLabel, words) === undefined ? 'person' : 'unit';
  const part = partAt({ ...reading, expects }, { start: span.start + label.end, end: span.end }, gap);
  return part.kind === expects ? { ...part, label: words } : undefined;
}

function partAt(reading: Reading, span: Span, gap: string): Part {
  const { view, grammar, expects } = reading;
  const counted = find(grammar.countedUnits, view.folded.slice(span.start, span.end))?.get('match');
  if (counted !== undefined) {
    const first = partAt({ ...reading, expects: 'unit' }, { start: span.start, end: span.start + counted.start }, gap);
    return first.kind === 'unit' ? first : unknown(span, gap);
  }
  const person = personAt(reading, span, gap);
  if (person?.sure) return person;
  const bare = withoutHonorific(grammar, view.folded, span);
  const written = view.folded.slice(bare.start, bare.end);
  const isFirmUnit = find(grammar.firmUnit, written) !== undefined;
  if (person !== undefined && expects === 'person' && !isFirmUnit) return person;

  const post = find(grammar.post, written)?.get('post');
  if (post !== undefined && person === undefined) {
    const name = shifted(post, bare.start);
    return { kind: 'post', name, post: view.text.slice(name.start, name.end), sure: true, gap };
  }
  const unit = find(grammar.unit, written)?.get('unit');
  if (unit !== undefined) return { kind: 'unit', name: shifted(unit, bare.start), sure: true, gap };
  if (expects === 'unit' && /^[、；;]*$/u.test(gap) && find(grammar.shortUnit, written) !== undefined) {
    return { kind: 'unit', name: bare, sure: true, gap };
  }
  return person ?? rareName(reading, bare, gap) ?? wordlikeName(reading, bare, gap) ?? unknown(span, gap);
}

/** Tags of words that a given name is not: verbs, adverbs, and what only joins or counts. */
const NO_GIVEN = /^[vdpcurmqfty]/u;

/** A name whose surname is a word as well, right behind a post. */
function wordlikeName({ view, grammar }: Reading, span: Span, gap: string): Part | undefined {
  const captures = find(grammar.wordlike, view.folded.slice(span.start, span.end));
  const [post, who, given] = ['post', 'who', 'given'].map((name) => captures?.get(name));
  if (post === undefined || who === undefined || given === undefined) return undefined;
  const isWords = view.segmented.tagged(shifted(given, span.start)).some(({ tag }) => NO_GIVEN.test(tag ?? ''));
  const name = shifted(who, span.start);
  if (isWords || isWord(view, name) || !isName(grammar, view.folded, name)) return undefined;
  const words = shifted(post, span.start);
  return { kind: 'person', name, post: view.text.slice(words.start, words.end), sure: true, gap };
}

/** A name of a surname that the list does not have, where a label or a post of theirs says that these are persons. */
function rareName({ view, grammar, expects, labelled, named }: Reading, name: Span, gap: string): Part | undefined {
  const written = view.folded.slice(name.start, name.end);
  const told = named === true ? find(grammar.rareName, written) : undefined;
  const [who, post] = [told?.get('who'), told?.get('post')];
  if (who !== undefined && post !== undefined) {
    const span = shifted(who, name.start);
    if (!isName(grammar, view.folded, span) || holdsWord(view, span)) return undefined;
    const words = view.text.slice(name.start + post.start, name.start + post.end);
    return { kind: 'person', name: span, post: words, sure: true, gap };
  }
  const isRare = labelled === true && expects === 'person' && find(grammar.bareName, written) !== undefined;
  if (!isRare || !isName(grammar, view.folded, name) || isWord(view, name)) return undefined;
  return { kind: 'person', name, sure: false, gap };
}

/** A name, with the post before it (局长张某) or after it (张某某局长). */
function personAt({ view, grammar, labelled }: Reading, span: Span, gap: string): Part | undefined {
  const bare = withoutHonorific(grammar, view.folded, span);
  const written = view.folded.slice(bare.start, bare.end);
  for (const shape of [grammar.person, grammar.nameThenPost]) {
    const captures = find(shape, written);
    const who = captures?.get('who');
    if (who === undefined) continue;
    const name = shifted(who, bare.start);
    // 副书记严明: under a label, behind a post, a word is a name as well.
    const isTold = labelled === true && captures?.get('post') !== undefined;
    if (!isName(grammar, view.folded, name, isTold)) continue;
    if (who.start > 0 && find(grammar.conjunction, written.slice(who.start))?.get('match')?.start === 0) continue;
    if (shape === grammar.nameThenPost && isWord(view, name)) continue;
    const at = captures?.get('post');
    // 总工程师 is a post, not a 总工 of that name.
    if (at !== undefined && at.end <= who.start && find(grammar.post, written) !== undefined) continue;
    const post = at && view.text.slice(bare.start + at.start, bare.start + at.end);
    const isMarked = bare.end < span.end || name.end - name.start > 3;
    return { kind: 'person', name, ...(post && { post }), sure: post !== undefined || isMarked, gap };
  }
  return undefined;
}

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

const unknown = (name: Span, gap: string): Part => ({ kind: 'unknown', name, sure: false, gap });

function withoutHonorific(grammar: Grammar, folded: string, span: Span): Span {
  const honorific = find(grammar.honorific, folded.slice(span.start, span.end))?.get('match');
  return honorific === undefined ? span : { start: span.start, end: span.start + honorific.start };
}

function isName(grammar: Grammar, folded: string, span: Span, isTold = false): boolean {
  const name = folded.slice(span.start, span.end);
  const isNone = find(grammar.postNoun, name) ?? find(grammar.noName, name);
  return (isTold || !grammar.noPersons.has(name)) && isNone === undefined;
}

/** True where the dictionary has the name as one word that is no name: 高校, 方案. */
function isWord(view: View, name: Span): boolean {
  const [word, ...more] = view.segmented.tagged(name);
  return (
    word !== undefined &&
    more.length === 0 &&
    word.tag !== undefined &&
    /^[a-wyz]/u.test(word.tag) &&
    !/^nr/u.test(word.tag)
  );
}

/** True where a name would hold a word of two characters, or begin with one that no name begins with: 按季度, 具体抓. */
function holdsWord(view: View, name: Span): boolean {
  const isPlain = (tag: string | undefined): boolean => tag !== undefined && tag !== 'x' && !tag.startsWith('nr');
  return view.segmented
    .tagged(name)
    .some(({ start, end, tag }, at) => isPlain(tag) && (end - start > 1 || (at === 0 && /^[pdcur]/.test(tag ?? ''))));
}

// ── Members ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A labelled roster is read from its start, up to the first part that is nothing known; then `complete` is false. */
export function readRoster(
  view: View,
  grammar: Grammar,
  region: Span,
  expects: Expects,
): { readonly members: readonly Member[]; readonly complete: boolean } {
  const reading = { view, grammar, expects, labelled: true };
  const parts = partsOf(reading, region);
  const stop = parts.findIndex(({ kind }) => kind === 'unknown');
  return { members: membersOf(reading, stop < 0 ? parts : parts.slice(0, stop)), complete: stop < 0 };
}

/** A roster in a sentence is read from its end, back to a comma or to the first part that is nothing known. */
export function readRosterBefore(
  view: View,
  grammar: Grammar,
  region: Span,
  expects: Expects,
  named = false,
): readonly Member[] {
  const reading = { view, grammar, expects, named };
  const read = partsOf(reading, region);
  const parts = named ? withWordNames(reading, read) : read;
  let from = parts.length;
  while (from > 0) {
    const { kind, gap } = parts[from - 1] as Part;
    if (kind === 'unknown' || (kind === 'unit' && expects === 'person')) break;
    from -= 1;
    if (/[，,；]/u.test(gap) && !endsWithPerson(parts.slice(0, from), gap)) break;
  }
  const isNobody = ({ kind, name }: Member): boolean => {
    if (kind === 'person') return false;
    const unit = view.folded.slice(name.start, name.end);
    return grammar.unnamedUnits.has(unit) || find(grammar.toldUnit, unit) === undefined;
  };
  const told = parts.slice(from).filter(({ kind, sure, name }) => kind !== 'person' || sure || !isWord(view, name));
  return sharePost(grammar, membersOf(reading, told)).filter((member) => !isNobody(member));
}

/** In a list of names behind a post, what is elsewhere a word is a name: 副院长卓越、骆驼. */
function withWordNames({ view, grammar }: Reading, parts: readonly Part[]): readonly Part[] {
  let inList = false;
  return parts.map((part) => {
    inList = part.kind === 'person' ? inList || part.post !== undefined : inList && part.gap === '、';
    const written = view.folded.slice(part.name.start, part.name.end);
    const isNamed = inList && part.kind === 'unknown' && find(grammar.wordName, written) !== undefined;
    inList &&= part.kind === 'person' || isNamed;
    return isNamed ? { ...part, kind: 'person', sure: true } : part;
  });
}

/** A roster goes on before a comma where persons with posts stand there: 副局长张某，党委委员、总工程师李某任副组长. */
function endsWithPerson(parts: readonly Part[], gap: string): boolean {
  const last = parts.at(-1);
  return !gap.includes('；') && last?.kind === 'person' && (last.post !== undefined || parts.at(-2)?.kind === 'post');
}

/**
 * Gives each person the posts that go with the name: those before it (党组书记、局长张某), those in a bracket after it, or, where
 * the roster puts names first, those after it (张某 党组书记、局长；李某 副局长).
 */
function membersOf(reading: Reading, parts: readonly Part[]): readonly Member[] {
  const { view, grammar } = reading;
  const members: Member[] = [];
  const [first, second] = parts;
  const namesFirst =
    first?.kind === 'person' && first.post === undefined && second?.kind === 'post' && !second.gap.includes('、');
  let waiting: string[] = [];
  const giveToLast = (): void => {
    const last = members.at(-1);
    if (namesFirst && last?.kind === 'person')
      members[members.length - 1] = { ...last, posts: [...last.posts, ...waiting] };
    waiting = [];
  };
  for (const part of parts) {
    if (namesFirst ? part.kind !== 'post' : /[；;]/u.test(part.gap)) giveToLast();
    if (part.kind === 'post') {
      waiting.push(part.post as string);
      continue;
    }
    const noted = part.note === undefined ? [] : partsOf({ ...reading, expects: 'any' }, part.note);
    const label = part.label === undefined ? [] : [part.label];
    const posts = [...waiting, ...(part.post === undefined ? [] : [part.post]), ...postsIn(noted), ...label];
    if (part.kind === 'person') {
      members.push({ kind: 'person', name: part.name, posts });
      waiting = [];
    } else if (part.kind === 'unit' && !isNobody(grammar, view.folded.slice(part.name.start, part.name.end))) {
      members.push(
        { kind: 'unit', name: part.name, posts: label },
        ...membersOf(
          { view, grammar, expects: 'person' },
          noted.filter(({ kind }) => kind !== 'unit'),
        ),
      );
      waiting = [];
    }
  }
  giveToLast();
  return members;
}

/** A body that is named only by what it is for, or a group of which none is named. */
const isNobody = (grammar: Grammar, unit: string): boolean =>
  grammar.noUnits.has(unit) || find(grammar.group, unit) !== undefined;

const postsIn = (parts: readonly Part[]): readonly string[] =>
  parts.flatMap(({ kind, post }) => (kind === 'post' && post !== undefined ? [post] : []));

/** The posts that `region` ends with, whatever name stands behind it. */
export function postsAtEnd(view: View, grammar: Grammar, region: Span): readonly string[] {
  if (/[、，；\s]/u.test(view.folded.charAt(region.end - 1))) return [];
  const parts = partsOf({ view, grammar, expects: 'any' }, region);
  const first = parts.findLastIndex(({ kind, gap }, at) => kind !== 'post' || (at < parts.length - 1 && gap === ''));
  return postsIn(parts.slice(first + 1));
}

/** 镇党委委员甲、乙和丙: a post that several can hold stands once before their names. */
function sharePost(grammar: Grammar, members: readonly Member[]): readonly Member[] {
  let shared: readonly string[] = [];
  return members.map((member) => {
    if (member.kind === 'person' && member.posts.length === 0) return { ...member, posts: shared };
    const [post] = member.posts;
    const isShared = member.posts.length === 1 && post !== undefined && find(grammar.sharedPost, post) !== undefined;
    shared = member.kind === 'person' && isShared ? member.posts : [];
    return member;
  });
}
