/**
 * The inquiry to a unit: each thing in its notice that does not add up, with the words and the computation, and what the unit is asked
 * to explain. The sentences are a template that a user may replace, one by one, by a YAML or JSON file.
 */
import type * as Docx from 'docx';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { InputError } from '../errors.js';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { FONTS, loadDocx, numbering, PAGE, placeOf, SIZES } from './docx.js';
import {
  type CheckDetail,
  checkDetails,
  type JudgedCheck,
  judgedChecks,
  type MetricNames,
  noticeName,
  placesOf,
  quoteOf,
  type ReportEntry,
  type Standing,
} from './entry.js';
import { xmlText } from './escape.js';

const sentence = z.string().exactOptional();

const templateSchema = z.strictObject({
  /** {unit} */
  title: sentence,
  /** {unit} */
  salutation: sentence,
  /** {unit} {document} {count} */
  opening: sentence,
  /** {place} {quotes} */
  quote: sentence,
  /** {details} */
  details: sentence,
  /** What is asked, by kind of check; `default` for all others. */
  ask: z.record(z.string(), z.string()).exactOptional(),
  /** {days} */
  closing: sentence,
  /** {sender} */
  signature: sentence,
  /** {date} */
  date: sentence,
});

/** The sentences of a letter that replace those of the catalogue (`report.letter.…`). */
export type LetterTemplate = Readonly<z.infer<typeof templateSchema>>;

/** Reads a template. Throws `InputError` with the line of what is wrong. */
export function parseLetterTemplate(yaml: string, file: string, language: Language = 'zh'): LetterTemplate {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0]);
    throw new InputError(broken.message.split('\n')[0] ?? broken.message, { file, line, column: col });
  }
  const parsed = templateSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
  const path = [...(issue?.code === 'unrecognized_keys' ? issue.path : []), key].map(String);
  const at = new RegExp(`^\\s*["']?${String(key).replace(/[^\w]/g, '.')}["']?\\s*:`, 'm').exec(yaml);
  const line = at === null ? 1 : yaml.slice(0, at.index).split('\n').length;
  throw new InputError(say(language, 'report.letter.badKey', { key: path.join('.') }), { file, line });
}

export interface LetterOptions {
  readonly language: Language;
  readonly template?: LetterTemplate;
  readonly metricNames?: MetricNames;
  /** Who asks; a blank to fill in if not said. */
  readonly sender?: string;
  /** As it shall stand under the letter; a blank to fill in if not said. */
  readonly date?: string;
  /** Working days that the unit has for its answer. */
  readonly days?: number;
}

/** What a letter says of a computation: guesses at the cause are not the office's to make, and what is stated is quoted already. */
const SAID: ReadonlySet<CheckDetail['code']> = new Set(['operands', 'comparison', 'expected']);

/** What is asked about. The rest is for the auditor. */
const ASKED: ReadonlySet<Standing> = new Set(['error', 'warning']);
const DEFAULT_DAYS = 5;
const NUMBERING = 'matters';
/** Twentieths of a point: 28 points a line, as official papers are set; two characters of 16 points. */
const LINE = 560;
const TWO_CHARACTERS = 640;

/** The checks that a letter asks about, gravest first: dismissed ones are not among them. */
export const letterMatters = (entry: ReportEntry): readonly JudgedCheck[] =>
  judgedChecks(entry).filter(({ standing }) => ASKED.has(standing));

const LONGEST_TITLE = 60;

/**
 * How a letter names the notice: by its title, as a Word file or page gives it or as it stands at the head of the text (where the unit
 * may have a line of its own), else by the file. Never by a folder of the office.
 */
export function documentName({ record, text, blocks = [] }: ReportEntry, language: Language): string {
  const isTitle = (words: string): boolean => words !== '' && words.length <= LONGEST_TITLE && !/[。；;]/.test(words);
  const set = blocks.find(({ kind }) => kind === 'title');
  const [first = '', second = ''] = text
    .split('\n')
    .map((line) => line.replace(/^[#\s]+|\s+/g, ''))
    .filter((line) => line !== '');
  const head = first === record.unit?.name ? first + second : first;
  const titles = [
    set === undefined ? '' : text.slice(set.start, set.end).replace(/\s+/g, ''),
    head,
    record.document.title ?? '',
  ];
  const title = titles.find(isTitle);
  if (title !== undefined) return say(language, 'report.documentTitle', { title: title.replace(/^《(.*)》$/, '$1') });
  return record.document.source.split(/[/\\]/).at(-1) ?? '';
}

/** The letter about one notice as a Word document. */
export async function renderLetter(entry: ReportEntry, options: LetterOptions): Promise<Uint8Array> {
  const docx = await loadDocx();
  const { AlignmentType, Document, LineRuleType, Packer, Paragraph, TextRun } = docx;
  const { language, template = {}, metricNames } = options;
  const unit = noticeName(entry);
  const matters = letterMatters(entry);

  const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  type Sentence = Exclude<keyof LetterTemplate, 'ask'>;
  const write = (name: Sentence, values: Readonly<Record<string, string | number>>): string =>
    fill(template[name] ?? say(language, `report.letter.${name}`), values);
  const ask = (kind: string): string => {
    const key = `report.letter.ask.${kind}`;
    const said = say(language, key);
    const shipped = said === key ? undefined : said;
    return template.ask?.[kind] ?? shipped ?? template.ask?.default ?? say(language, 'report.letter.ask.default');
  };

  const run = (
    text: string,
    font: (typeof FONTS)[keyof typeof FONTS] = FONTS.body,
    size: number = SIZES.body,
  ): Docx.TextRun => new TextRun({ font, size, text: xmlText(text) });
  const spacing = { line: LINE, lineRule: LineRuleType.EXACT };
  const paragraph = (children: Docx.TextRun[], extra: Docx.IParagraphOptions = {}): Docx.Paragraph =>
    new Paragraph({
      spacing,
      indent: { firstLine: TWO_CHARACTERS },
      alignment: AlignmentType.BOTH,
      ...extra,
      children,
    });

  const matter = ({ check }: JudgedCheck): readonly Docx.Paragraph[] => {
    const quotesByPlace = new Map<string, string>();
    for (const evidence of placesOf(check)) {
      const { line, page } = evidence;
      const place = placeOf(line, page, language);
      const quoted = say(language, 'report.letter.quoteMark', { quote: quoteOf(check, evidence) });
      quotesByPlace.set(place, (quotesByPlace.get(place) ?? '') + quoted);
    }
    const quotes = [...quotesByPlace].map(([place, quoted]) => write('quote', { place, quotes: quoted }));
    const details = checkDetails(check, language, metricNames)
      .filter(({ code }) => SAID.has(code))
      .map(({ code, name, value }) =>
        code === 'comparison' ? value : say(language, 'report.labelled', { name, value }),
      );
    const body = [
      ...quotes,
      ...(details.length === 0
        ? []
        : [write('details', { details: details.join(say(language, 'report.titleSeparator')) })]),
      ask(check.kind),
    ];
    return [
      paragraph([run(check.message, FONTS.heading)], { numbering: { reference: NUMBERING, level: 0 }, keepNext: true }),
      paragraph([run(body.join(language === 'zh' ? '' : ' '))]),
    ];
  };

  const sender = options.sender ?? say(language, 'report.letter.blankSender');
  const date = options.date ?? say(language, 'report.letter.blankDate');
  const end = { alignment: AlignmentType.END, indent: { right: TWO_CHARACTERS } };
  const values = { unit, document: documentName(entry, language), count: matters.length };
  const children = [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...spacing, after: LINE },
      children: [run(write('title', values), FONTS.title, SIZES.title)],
    }),
    paragraph([run(write('salutation', values))], { indent: { firstLine: 0 } }),
    paragraph([run(write('opening', values))]),
    ...matters.flatMap(matter),
    // Who signs does not stand alone on a page (GB/T 9704).
    paragraph([run(write('closing', { days: options.days ?? DEFAULT_DAYS }))], { keepNext: true, keepLines: true }),
    paragraph([], { keepNext: true }),
    paragraph([run(write('signature', { sender }))], { ...end, keepNext: true }),
    paragraph([run(write('date', { date }))], end),
  ];
  const file = new Document({
    title: xmlText(write('title', values)),
    numbering: numbering(docx, NUMBERING),
    sections: [{ properties: { page: PAGE }, children }],
  });
  return Packer.toBuffer(file);
}
