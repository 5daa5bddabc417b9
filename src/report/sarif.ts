/** Checks as SARIF 2.1.0, for editors, code hosts and dashboards that read it. */
import type { Evidence, Language } from '../model.js';
import { lineStarts } from '../text.js';
import { type JudgedCheck, judgedChecks, placesOf, type ReportEntry, type Standing } from './entry.js';
import { xmlText } from './escape.js';

export interface SarifOptions {
  readonly language: Language;
  /** Of hecha itself. */
  readonly version: string;
}

/** A result that did not fail has no level but `none` (SARIF 2.1.0, 3.27.10). */
const OUTCOMES: Readonly<Record<Standing, { readonly kind: string; readonly level: string }>> = {
  error: { kind: 'fail', level: 'error' },
  warning: { kind: 'fail', level: 'warning' },
  info: { kind: 'fail', level: 'note' },
  unverifiable: { kind: 'open', level: 'none' },
  consistent: { kind: 'pass', level: 'none' },
  dismissed: { kind: 'fail', level: 'note' },
};

/** A path as a relative or absolute URI reference. */
function uriOf(source: string): string {
  const path = xmlText(source).replaceAll('\\', '/');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  if (/^[a-z]:\//i.test(path)) return `file:///${path[0]}:${encoded.slice(encoded.indexOf('/'))}`;
  return path.startsWith('/') ? `file://${encoded}` : encoded;
}

/** Line and column of an offset, both from 1, columns in UTF-16 units. */
function position(starts: readonly number[], line: number, offset: number): { line: number; column: number } {
  let at = line;
  while (at < starts.length && (starts[at] as number) <= offset) at += 1;
  return { line: at, column: offset - (starts[at - 1] as number) + 1 };
}

function location(source: string, starts: readonly number[], evidence: Evidence): object {
  const start = position(starts, evidence.line, evidence.start);
  const end = position(starts, evidence.line, evidence.end);
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(source) },
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
        charOffset: evidence.start,
        charLength: evidence.end - evidence.start,
        snippet: { text: xmlText(evidence.quote) },
      },
    },
  };
}

function result(
  { check, standing, review }: JudgedCheck,
  ruleIndex: number,
  source: string,
  starts: readonly number[],
): object {
  const [primary, ...related] = placesOf(check).map((evidence) => location(source, starts, evidence));
  return {
    ruleId: check.check,
    ruleIndex,
    ...OUTCOMES[standing],
    message: { text: xmlText(check.message) },
    locations: primary === undefined ? [] : [primary],
    relatedLocations: related.map((one, index) => ({ id: index + 1, ...one })),
    partialFingerprints: { 'hechaKey/v1': check.key },
    ...(review?.decision === 'dismissed'
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: xmlText(review.reason) }] }
      : {}),
    properties: {
      verdict: check.verdict,
      ...(check.stated === undefined ? {} : { stated: check.stated }),
      ...(check.expected === undefined ? {} : { expected: check.expected }),
    },
  };
}

/** All checks of `entries` as one SARIF log with one run. */
export function renderSarif(entries: Iterable<ReportEntry>, { language, version }: SarifOptions): string {
  const ruleIndexes = new Map<string, number>();
  const rules: object[] = [];
  const results: object[] = [];
  for (const entry of entries) {
    const starts = lineStarts(entry.text);
    for (const judged of judgedChecks(entry)) {
      const { check, kind, severity } = judged.check;
      const index = ruleIndexes.get(check) ?? rules.length;
      if (index === rules.length) {
        ruleIndexes.set(check, index);
        const level = severity === 'info' ? 'note' : severity;
        rules.push({ id: check, name: kind, defaultConfiguration: { level }, properties: { kind } });
      }
      results.push(result(judged, index, entry.record.document.source, starts));
    }
  }
  const driver = { name: 'hecha', version, language: language === 'zh' ? 'zh-CN' : 'en-US', rules };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
