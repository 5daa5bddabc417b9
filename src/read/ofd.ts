/** OFD (GB/T 33190), the national format of laid-out documents: a zip of XML whose pages hold text with coordinates. */
import type { Note } from '../model.js';
import { type Archive, openArchive } from './archive.js';
import { type Content, compose } from './content.js';
import { pathRules } from './grid.js';
import { layOut, type Piece, type PlacedPage } from './layout.js';
import { type ReadRequest, refusal } from './request.js';
import { childNamed, descendants, parseXml, textContent, type XmlElement } from './xml.js';

/** OFD measures in millimetres, the layout in points. */
const POINTS = 72 / 25.4;
const A4 = [0, 0, 210, 297] as const;

export async function read(bytes: Uint8Array, request: ReadRequest): Promise<Content> {
  const archive = openArchive(bytes, request);
  const entry = parse(archive, 'OFD.xml');
  const body = childNamed(entry, 'DocBody');
  const root = resolve('', text(childNamed(body, 'DocRoot')));
  const document = parse(archive, root);
  const defaultBox = numbers(text(descendants(document, 'PhysicalBox')[0]));
  const locations = descendants(document, 'Pages').flatMap((pages) => descendants(pages, 'Page'));
  const count = Math.min(locations.length, request.limits.pages);
  const pages = locations.slice(0, count).map((page) => {
    const content = parse(archive, resolve(folder(root), page.attributes.BaseLoc ?? ''));
    return placePage(content, defaultBox);
  });
  const notes: Note[] = pages.flatMap(({ pieces }, index) =>
    pieces.length === 0 ? [{ code: 'read.pageWithoutText', values: { page: index + 1 } }] : [],
  );
  if (notes.length === pages.length) throw refusal(request, 'read.noText');
  if (locations.length > count)
    notes.unshift({ code: 'read.morePages', values: { pages: locations.length, read: count } });
  const title = text(descendants(entry, 'Title')[0]);
  return { ...compose(layOut(pages), count), ...(title === '' ? {} : { title }), notes };
}

const text = (element: XmlElement | undefined): string => (element === undefined ? '' : textContent(element).trim());
const numbers = (list: string): readonly number[] => list.split(/\s+/u).map(Number).filter(Number.isFinite);
const folder = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** Programs prefix names with `ofd:` or not. */
const parse = (archive: Archive, name: string): XmlElement => parseXml(archive.xml(name).replace(/(<\/?)\w+:/gu, '$1'));

/** A location in the package: from its root where it starts with a slash, else from `from`. */
function resolve(from: string, location: string): string {
  const steps: string[] = [];
  for (const step of (location.startsWith('/') ? location : from + location).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

function placePage(page: XmlElement, defaultBox: readonly number[]): PlacedPage {
  const own = numbers(text(descendants(page, 'PhysicalBox')[0]));
  const [, , width = A4[2], height = A4[3]] = own.length === 4 ? own : defaultBox;
  const pieces = descendants(page, 'TextObject').flatMap(placeText);
  const rules = descendants(page, 'PathObject').flatMap((path) => pathRules(pathSteps(path)));
  return { width: width * POINTS, height: height * POINTS, pieces, rules };
}

function placeText(object: XmlElement): readonly Piece[] {
  const [left = 0, top = 0] = numbers(object.attributes.Boundary ?? '');
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(object.attributes.CTM ?? '');
  if (Math.abs(b) > Math.abs(a) * 0.1) return [];
  const size = Number(object.attributes.Size ?? 0) * Math.abs(d || 1) * POINTS;
  let [x, y] = [0, 0];
  return descendants(object, 'TextCode').flatMap((code) => {
    x = Number(code.attributes.X ?? x);
    y = Number(code.attributes.Y ?? y);
    const place = (along: number): Pick<Piece, 'x' | 'y'> => ({
      x: (left + a * along + c * y + e) * POINTS,
      y: (top + b * along + d * y + f) * POINTS,
    });
    return runs(textContent(code), deltas(code.attributes.DeltaX ?? ''), x, size / POINTS / (a || 1)).map((run) => ({
      text: run.text,
      ...place(run.start),
      width: (run.end - run.start) * a * POINTS,
      size,
    }));
  });
}

/** Coordinates after each operator of a path; those of curves are passed over. */
const COORDINATES: Readonly<Record<string, number>> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 };

function* pathSteps(path: XmlElement) {
  const [left = 0, top = 0] = numbers(path.attributes.Boundary ?? '');
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(path.attributes.CTM ?? '');
  const tokens = text(childNamed(path, 'AbbreviatedData')).split(/\s+/u);
  for (let at = 0; at < tokens.length; ) {
    const operator = tokens[at] ?? '';
    const coordinates = COORDINATES[operator] ?? 0;
    const [x, y] = [Number(tokens[at + coordinates - 1]), Number(tokens[at + coordinates])];
    const draw = operator === 'C' ? ('close' as const) : operator === 'L' ? ('line' as const) : ('move' as const);
    if (operator in COORDINATES)
      yield { draw, to: [(left + a * x + c * y + e) * POINTS, (top + b * x + d * y + f) * POINTS] as const };
    at += coordinates + 1;
  }
}

/** Cuts characters placed one by one where a gap is too wide to be one text. */
function runs(content: string, steps: readonly number[], x: number, size: number) {
  const found: { text: string; start: number; end: number }[] = [];
  let at = x;
  for (const [index, char] of [...content.replace(/[\r\n]/gu, '')].entries()) {
    const last = found.at(-1);
    if (last === undefined || at - last.end > size) found.push({ text: char, start: at, end: at + size });
    else {
      last.text += char;
      last.end = at + size;
    }
    at += steps[index] ?? steps.at(-1) ?? size;
  }
  return found;
}

/** `3.2 3.2 g 4 1.6`: a list of steps, in which `g n v` stands for n times v. */
function deltas(list: string): readonly number[] {
  const tokens = list.split(/\s+/u).filter((token) => token !== '');
  const steps: number[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (tokens[at] !== 'g') steps.push(Number(tokens[at]));
    else {
      const times = Math.min(Number(tokens[at + 1]) || 0, 10_000);
      steps.push(...Array<number>(times).fill(Number(tokens[at + 2])));
      at += 2;
    }
  }
  return steps;
}
