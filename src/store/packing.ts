/**
 * A notice as the bytes that its rows are made of: packed where it was analysed, handed from thread to thread without a
 * copy, and stored by a writer who looks into nothing.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Document, NoticeRecord } from '../model.js';
import type { Comparable, NoticeToSave } from './store.js';
import {
  NOTICE_TABLES,
  type NoticeTable,
  noticeId,
  type PackedTable,
  passageRows,
  type Row,
  rowsOf,
  storable,
  TABLES,
} from './tables.js';

/** Rows of one table, each a JSON array of its columns in their order, with commas between: UTF-8. */
export type PackedRows = Uint8Array<ArrayBuffer>;

export interface PackedNotice {
  /** The notice's id in the store. */
  readonly id: string;
  readonly source: string;
  /** `Document.id`. */
  readonly document: string;
  /** `NoticeRecord.rules`. */
  readonly rules: string;
  /** Of the text. */
  readonly characters: number;
  readonly rows: Readonly<Record<NoticeTable, PackedRows>>;
  readonly content: { readonly document: Uint8Array<ArrayBuffer>; readonly record: Uint8Array<ArrayBuffer> };
  readonly comparable?: Comparable;
}

/** The same bytes in a buffer of their own, which can be handed over. */
const owned = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

// Level 1 is half the cost of the default and a fifth larger; asynchronously it would cost three times as much.
export const deflated = (value: Document | NoticeRecord): Uint8Array<ArrayBuffer> =>
  owned(deflateRawSync(JSON.stringify(value), { level: 1 }));
export const inflated = <T>(packed: Uint8Array): T => JSON.parse(inflateRawSync(packed).toString('utf8')) as T;

const encoder = new TextEncoder();

export function packRows(table: PackedTable, rows: readonly Row[]): PackedRows {
  const columns = Object.keys(TABLES[table]);
  const values = rows.map((row) => columns.map((name) => row[name] ?? null));
  const json = JSON.stringify(values);
  // What databases cannot hold, JSON escapes; most rows have nothing of the kind, and need no look at every value.
  const safe = json.includes('\\u') ? JSON.stringify(values.map((row) => row.map(storable))) : json;
  return encoder.encode(safe.slice(1, -1));
}

const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((sign) => encoder.encode(sign)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

/** Rows of several notices as one JSON array; undefined where there are none. */
export function joinRows(parts: readonly Uint8Array[]): Buffer | undefined {
  const filled = parts.filter(({ length }) => length > 0);
  if (filled.length === 0) return undefined;
  return Buffer.concat([...filled.flatMap((part, at) => [at === 0 ? OPEN : COMMA, part]), CLOSE]);
}

export function packNotice({ document, record, passages, comparable }: NoticeToSave): PackedNotice {
  const { source } = record.document;
  const rows = { ...rowsOf(record), passages: passageRows({ document, passages }) };
  const packed = NOTICE_TABLES.map((table) => [table, packRows(table, rows[table])] as const);
  return {
    id: noticeId(source),
    source,
    document: record.document.id,
    rules: record.rules,
    characters: document.text.length,
    rows: Object.fromEntries(packed) as PackedNotice['rows'],
    content: { document: deflated(document), record: deflated(record) },
    ...(comparable === undefined
      ? {}
      : { comparable: { ...comparable, profile: owned(comparable.profile), prints: owned(comparable.prints) } }),
  };
}

/** What of a packed notice can be handed to another thread. */
export const buffersOf = ({ rows, content, comparable }: PackedNotice): readonly ArrayBufferLike[] =>
  [
    ...Object.values(rows),
    ...Object.values(content),
    ...(comparable === undefined ? [] : [comparable.profile, comparable.prints]),
  ].map(({ buffer }) => buffer);
