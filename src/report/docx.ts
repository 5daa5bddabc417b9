/** Word documents of notices: what they have in common (fonts and measures of official papers), and the audit report. */
import type * as Docx from 'docx';
import { say } from '../messages/index.js';
import type { Language } from '../model.js';
import { type BetweenNotices, judgedBetween, unitNames } from './between.js';
import {
  addTallies,
  checkDerivation,
  checksOn,
  correctionLines,
  countsOf,
  headlineFigures,
  type JudgedCheck,
  judgedChecks,
  label,
  type MetricNames,
  metricName,
  noticeName,
  periodOf,
  placesOf,
  quoteOf,
  type ReportEntry,
  reviewLine,
  STANDINGS,
  summarise,
} from './entry.js';
import { xmlText } from './escape.js';

export type DocxModule = typeof Docx;

/** The library is large: it is loaded when a document is written. */
export const loadDocx = (): Promise<DocxModule> => import('docx');

const LATIN = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman' } as const;
export const FONTS = {
  title: { ...LATIN, eastAsia: '方正小标宋简体' },
  heading: { ...LATIN, eastAsia: '黑体' },
  subheading: { ...LATIN, eastAsia: '楷体' },
  body: { ...LATIN, eastAsia: '仿宋' },
} as const;

/** Half points: 二号, 三号, 四号, 小四 and 五号, as official papers are set (GB/T 9704). */
export const SIZES = { title: 44, body: 32, heading: 28, text: 24, table: 21 } as const;

/** A4 with the margins of GB/T 9704, in twips. */
export const PAGE = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 2098, bottom: 1984, left: 1588, right: 1474 },
} as const;

/** Numbering 一、 二、 … of items, to be named by `reference`. */
export const numbering = ({ AlignmentType, LevelFormat }: DocxModule, reference: string): Docx.INumberingOptions => ({
  config: [
    {
      reference,
      levels: [
        {
          level: 0,
          format: LevelFormat.CHINESE_COUNTING,
          text: '%1、',
          alignment: AlignmentType.START,
          suffix: 'nothing',
          style: { run: { font: FONTS.heading, size: SIZES.body } },
        },
      ],
    },
  ],
});

/** Where the words stand: `第 3 行` or `第 2 页第 3 行`. */
export function placeOf(line: number, page: number | undefined, language: Language): string {
  const where = say(language, 'report.line', { line });
  return page === undefined
    ? where
    : `${say(language, 'report.page', { page })}${language === 'en' ? ', ' : ''}${where}`;
}

export interface AuditOptions {
  readonly language: Language;
  readonly metricNames?: MetricNames;
  readonly title?: string;
  /** ISO date on which the report is made, if it shall say so. */
  readonly generated?: string;
  /** What holds between the notices; stands before them. */
  readonly between?: BetweenNotices;
}

const OVERVIEW_STANDINGS = ['error', 'warning', 'info'] as const;
const LINE = 360;
const INDENT = 480;

function writerOf(docx: DocxModule) {
  const { AlignmentType, HeadingLevel, Paragraph, Table, TableCell, TableRow, TextRun, WidthType } = docx;
  const run = (text: string, options: Partial<Docx.IRunOptions> = {}): Docx.TextRun =>
    new TextRun({ font: FONTS.body, size: SIZES.text, ...options, text: xmlText(text) });
  const paragraph = (children: readonly Docx.TextRun[], options: Docx.IParagraphOptions = {}): Docx.Paragraph =>
    new Paragraph({ spacing: { line: LINE }, ...options, children: [...children] });
  const cell = (text: string, width: number, bold: boolean): Docx.TableCell =>
    new TableCell({
      width: { size: width, type: WidthType.PERCENTAGE },
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: xmlText(text)
        .split('\n')
        .map((line) => new Paragraph({ children: [run(line, { bold, size: SIZES.table })] })),
    });
  return {
    run,
    paragraph,
    title: (text: string): Docx.Paragraph =>
      paragraph([run(text, { font: FONTS.title, size: SIZES.title })], {
        alignment: AlignmentType.CENTER,
        spacing: { after: 240 },
      }),
    heading: (text: string, level: 1 | 2): Docx.Paragraph =>
      paragraph([run(text, { font: FONTS.heading, size: level === 1 ? SIZES.body : SIZES.heading, color: '000000' })], {
        heading: level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
        keepNext: true,
        spacing: { before: 240, after: 120 },
      }),
    /** `widths` in percent; the first row is the head and repeats on every page. */
    table: (widths: readonly number[], rows: readonly (readonly string[])[]): Docx.Table =>
      new Table({
        width: { size: 100, type: WidthType.PERCENTAGE },
        rows: rows.map(
          (texts, index) =>
            new TableRow({
              tableHeader: index === 0,
              cantSplit: true,
              children: texts.map((text, column) => cell(text, widths[column] ?? 10, index === 0)),
            }),
        ),
      }),
  };
}

type Writer = ReturnType<typeof writerOf>;

function checkParagraphs(
  { run, paragraph }: Writer,
  { check, standing, review }: JudgedCheck,
  number: number,
  { language, metricNames }: AuditOptions,
): readonly Docx.Paragraph[] {
  const isDismissed = standing === 'dismissed';
  // What holds is on record in one line: the words are in the HTML report.
  if (standing === 'consistent' && review === undefined) {
    const places = [...new Set(placesOf(check).map(({ line, page }) => placeOf(line, page, language)))];
    const where = run(`  ${places.join(say(language, 'report.listSeparator'))}`, {
      size: SIZES.table,
      color: '666666',
    });
    return [paragraph([run(`${number}. ${check.message}`), where])];
  }
  const indent = { left: INDENT };
  const details = checkDerivation(check, language, metricNames).map(({ name, value }) =>
    paragraph([run(say(language, 'report.labelled', { name, value }))], { indent }),
  );
  const quotes = placesOf(check).map((evidence) =>
    paragraph(
      [
        run(quoteOf(check, evidence), { font: FONTS.subheading, strike: isDismissed }),
        run(`  ${placeOf(evidence.line, evidence.page, language)}`, { size: SIZES.table, color: '666666' }),
      ],
      { indent },
    ),
  );
  const verdict =
    review === undefined
      ? []
      : [
          paragraph([run(`${label(language, 'decision', review.decision)}  ${reviewLine(review, language)}`)], {
            indent,
          }),
        ];
  return [
    paragraph([run(`${number}. ${check.message}`, { bold: true, strike: isDismissed })], {
      keepNext: true,
      spacing: { before: 120, line: LINE },
    }),
    ...quotes,
    ...details,
    ...verdict,
  ];
}

function noticeParts(
  writer: Writer,
  entry: ReportEntry,
  options: AuditOptions,
): readonly (Docx.Paragraph | Docx.Table)[] {
  const { language, metricNames } = options;
  const { record } = entry;
  const { inspection } = record;
  const separator = say(language, 'report.listSeparator');
  const judged = judgedChecks(entry);
  const column = (code: string): string => say(language, `report.column.${code}`);
  const facts = [
    inspection.kind,
    inspection.team,
    periodOf(inspection, language),
    inspection.feedback === undefined ? undefined : say(language, 'report.feedbackOn', { date: inspection.feedback }),
    say(language, 'report.counts', { ...countsOf(record) }),
    record.document.source,
  ].filter((fact) => fact !== undefined);
  const figures = headlineFigures(record).map((figure) => [
    metricName(figure.metric, language, metricNames),
    figure.stated,
    [...new Set(checksOn(figure.evidence, judged).map(({ standing }) => label(language, 'standing', standing)))].join(
      separator,
    ),
  ]);
  const findings = record.findings.map((finding) => [
    `${finding.section ?? ''}${finding.number ?? ''}`,
    finding.titles.join(say(language, 'report.titleSeparator')),
    label(language, 'status', finding.status),
    String(finding.measures.length),
    String(finding.outcomes.length),
    [finding.responsibles.join(separator), finding.deadline ?? ''].filter((part) => part !== '').join('\n'),
  ]);
  const groups = STANDINGS.flatMap((standing) => {
    const members = judged.filter((one) => one.standing === standing);
    if (members.length === 0) return [];
    return [
      writer.heading(
        say(language, 'report.counted', { name: label(language, 'standing', standing), count: members.length }),
        2,
      ),
      ...members.flatMap((one, index) => checkParagraphs(writer, one, index + 1, options)),
    ];
  });
  return [
    writer.heading(noticeName(entry), 1),
    writer.paragraph([writer.run(facts.join(separator))]),
    ...correctionLines(entry, language, options.metricNames).map((line) => writer.paragraph([writer.run(line)])),
    ...(figures.length === 0
      ? []
      : [
          writer.heading(say(language, 'report.headlineFigures'), 2),
          writer.table([40, 36, 24], [[column('metric'), column('stated'), column('result')], ...figures]),
        ]),
    ...groups,
    ...(findings.length === 0
      ? []
      : [
          writer.heading(say(language, 'report.findings'), 2),
          writer.table(
            [12, 42, 12, 9, 9, 16],
            [['number', 'finding', 'status', 'measures', 'outcomes', 'responsibles'].map(column), ...findings],
          ),
        ]),
  ];
}

/** A line for each notice, the gravest on top. */
function overviewParts(writer: Writer, entries: readonly ReportEntry[], { language }: AuditOptions) {
  if (entries.length < 2) return [];
  const summaries = entries
    .map(summarise)
    .sort(({ tally: a }, { tally: b }) => b.error - a.error || b.warning - a.warning);
  const total = addTallies(summaries.map((one) => one.tally));
  const counts = STANDINGS.filter((standing) => total[standing] > 0).map((standing) =>
    say(language, 'report.counted', { name: label(language, 'standing', standing), count: total[standing] }),
  );
  const head = [
    ...['unit', 'findings', 'measures', 'rate'].map((code) => say(language, `report.column.${code}`)),
    ...OVERVIEW_STANDINGS.map((standing) => label(language, 'standing', standing)),
  ];
  const rows = summaries.map(({ name, counts: { findings, measures }, rate, tally }) => [
    name,
    String(findings),
    String(measures),
    rate === undefined ? '' : `${rate.value}%`,
    ...OVERVIEW_STANDINGS.map((standing) => (tally[standing] === 0 ? '' : String(tally[standing]))),
  ]);
  return [
    writer.heading(say(language, 'report.overview'), 1),
    writer.paragraph([
      writer.run(
        [say(language, 'report.noticeCount', { count: entries.length }), ...counts].join(
          say(language, 'report.listSeparator'),
        ),
      ),
    ]),
    writer.table([44, 9, 9, 11, 9, 9, 9], [head, ...rows]),
  ];
}

/** What does not hold between the notices, or could not be told, each with the words of every unit. */
function betweenParts(writer: Writer, between: BetweenNotices, { language }: AuditOptions): readonly Docx.Paragraph[] {
  const nameOf = unitNames(between.comparison);
  const indent = { left: INDENT };
  const shown = judgedBetween(between).filter(({ standing }) => standing !== 'consistent');
  if (shown.length === 0) return [];
  const parts = shown.flatMap(({ check, standing, review }, index) => {
    const strike = standing === 'dismissed';
    const quotes = check.evidence.map(({ document, quote, line, page }) =>
      writer.paragraph(
        [
          writer.run(say(language, 'report.labelled', { name: nameOf(document), value: quote }), {
            font: FONTS.subheading,
            strike,
          }),
          writer.run(`  ${placeOf(line, page, language)}`, { size: SIZES.table, color: '666666' }),
        ],
        { indent },
      ),
    );
    const decided =
      review === undefined
        ? []
        : [
            writer.paragraph(
              [writer.run(`${label(language, 'decision', review.decision)}  ${reviewLine(review, language)}`)],
              { indent },
            ),
          ];
    const title = `${index + 1}. ${label(language, 'standing', standing)}  ${check.message[language]}`;
    return [
      writer.paragraph([writer.run(title, { bold: true, strike })], {
        keepNext: true,
        spacing: { before: 120, line: LINE },
      }),
      ...quotes,
      ...decided,
    ];
  });
  return [writer.heading(say(language, 'report.between'), 1), ...parts];
}

/** The audit report of `entries` as a Word document. */
export async function renderAuditDocx(entries: readonly ReportEntry[], options: AuditOptions): Promise<Uint8Array> {
  const docx = await loadDocx();
  const writer = writerOf(docx);
  const { language, generated } = options;
  const title = options.title ?? say(language, 'report.title');
  const parts: (Docx.Paragraph | Docx.Table)[] = [writer.title(title)];
  if (generated !== undefined) {
    const made = writer.run(say(language, 'report.generatedOn', { date: generated }), { color: '666666' });
    parts.push(writer.paragraph([made], { alignment: docx.AlignmentType.CENTER }));
  }
  parts.push(...overviewParts(writer, entries, options));
  if (options.between !== undefined) parts.push(...betweenParts(writer, options.between, options));
  for (const entry of entries) parts.push(...noticeParts(writer, entry, options));
  const footer = new docx.Footer({
    children: [
      new docx.Paragraph({
        alignment: docx.AlignmentType.CENTER,
        children: [new docx.TextRun({ children: ['— ', docx.PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });
  const file = new docx.Document({
    title: xmlText(title),
    sections: [{ properties: { page: PAGE }, footers: { default: footer }, children: parts }],
  });
  return docx.Packer.toBuffer(file);
}
