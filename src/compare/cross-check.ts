/** Builds the results of checks that rest on several documents, in both languages and with a key of their own. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { say } from '../messages/index.js';
import type { FigureRecord, Language, Localised, Note, Severity, Verdict } from '../model.js';
import type { CrossCheck, CrossEvidence, CrossKind, CrossOperand } from './comparison.js';
import { crossEvidence, type Entry } from './entry.js';

export interface Finding {
  readonly kind: CrossKind;
  /** What is compared: a metric, an open item, a post. */
  readonly subject: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** Code of the sentence in the catalogue, and its values. */
  readonly code: string;
  readonly values: NonNullable<Note['values']>;
  /** Values that differ by language. */
  readonly names?: Readonly<Record<string, Localised>>;
  readonly mode?: string;
  readonly stated?: string;
  readonly expected?: string;
  readonly operands: readonly CrossOperand[];
  /** Documents that it is about, where no operand or evidence may stand in one of them. */
  readonly between?: readonly Entry[];
  /** Evidence beside that of the operands. */
  readonly evidence?: readonly CrossEvidence[];
}

export function figureOperand(entry: Entry, figure: FigureRecord): CrossOperand {
  const { metric, stated, value, lower, upper, evidence } = figure;
  return {
    name: metric ?? figure.noun,
    document: entry.identity.document,
    stated,
    value,
    ...(lower === undefined ? {} : { lower }),
    ...(upper === undefined ? {} : { upper }),
    evidence: crossEvidence(entry, evidence),
  };
}

/** What a sentence calls a notice: its title, and its date, by which two of one title differ. Its file stands with the evidence. */
export function noticeName({ identity: { title, source, date } }: Entry): Localised {
  const code = date === undefined ? 'compare.notice' : 'compare.notice.dated';
  const values = { title: title ?? basename(source), ...(date === undefined ? {} : { date }) };
  return { zh: say('zh', code, values), en: say('en', code, values) };
}

const distinct = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

export function crossCheck(finding: Finding): CrossCheck {
  const { kind, subject, verdict, severity, code, values, mode, stated, expected, operands } = finding;
  const sentence = (language: Language): string => {
    const names = Object.entries(finding.names ?? {}).map(([name, said]) => [name, said[language]]);
    return say(language, code, { ...values, ...Object.fromEntries(names) });
  };
  const evidence = [
    ...operands.flatMap((operand) => (operand.evidence === undefined ? [] : [operand.evidence])),
    ...(finding.evidence ?? []),
  ];
  const documents = distinct([
    ...(finding.between ?? []).map((entry) => entry.identity.document),
    ...operands.flatMap(({ document }) => (document === undefined ? [] : [document])),
    ...evidence.map(({ document }) => document),
  ]);
  const says = [kind, subject, code, operands.map((operand) => operand.stated)];
  return {
    check: `compare/${kind}`,
    kind,
    verdict,
    severity,
    message: { zh: sentence('zh'), en: sentence('en') },
    ...(stated === undefined ? {} : { stated }),
    ...(expected === undefined ? {} : { expected }),
    ...(mode === undefined ? {} : { mode }),
    documents,
    operands,
    evidence,
    key: keyOf(says),
  };
}

const keyOf = (says: unknown): string => createHash('sha256').update(JSON.stringify(says)).digest('hex').slice(0, 16);

/**
 * Checks whose keys say of which notices they speak: by their sources, as decisions on a notice are kept, for the bytes of a file
 * change where nothing that the check rests on does.
 */
export function keyedBySource(checks: readonly CrossCheck[], entries: readonly Entry[]): readonly CrossCheck[] {
  const sources = new Map(entries.map(({ identity: { document, source } }) => [document, source]));
  return checks.map((check) => ({
    ...check,
    key: keyOf([check.key, check.documents.map((document) => sources.get(document) ?? document).sort()]),
  }));
}
