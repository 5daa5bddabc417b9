/** XML as a tree of elements and strings in document order, without namespace prefixes in doubt: names are as written. */
import { XMLParser } from 'fast-xml-parser';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  // Character references, too; a DTD never gets this far.
  htmlEntities: true,
});

type Parsed = Readonly<Record<string, unknown>>;

/** The root element. Throws where the XML is broken. */
export function parseXml(xml: string): XmlElement {
  const root = (parser.parse(xml) as readonly Parsed[])
    .map(toElement)
    .find((node) => typeof node !== 'string' && !node.name.startsWith('?'));
  if (root === undefined || typeof root === 'string') throw new Error('no root element');
  return root;
}

function toElement(parsed: Parsed): XmlElement | string {
  const text = parsed['#text'];
  if (text !== undefined) return String(text);
  const name = Object.keys(parsed).find((key) => key !== ':@') ?? '';
  return {
    name,
    attributes: (parsed[':@'] ?? {}) as Readonly<Record<string, string>>,
    children: (parsed[name] as readonly Parsed[]).map(toElement),
  };
}

export const elementsOf = (element: XmlElement): readonly XmlElement[] =>
  element.children.filter((child): child is XmlElement => typeof child !== 'string');

export const childNamed = (element: XmlElement | undefined, name: string): XmlElement | undefined =>
  element === undefined ? undefined : elementsOf(element).find((child) => child.name === name);

/** All elements of a name below `element`, in document order; none below one that is found. */
export function descendants(element: XmlElement, name: string): readonly XmlElement[] {
  return elementsOf(element).flatMap((child) => (child.name === name ? [child] : descendants(child, name)));
}

export const textContent = (node: XmlElement | string): string =>
  typeof node === 'string' ? node : node.children.map(textContent).join('');
