/** What a database engine gives the store: sessions that run SQL with `?` marks, and the few things each engine does its own way. */
import type { Language } from '../model.js';
import type { Row, TableName } from './tables.js';

export type Value = string | number | null | Buffer;

export interface Session {
  all<T>(sql: string, values?: readonly Value[]): Promise<T[]>;
}

export interface PassageRow {
  readonly notice: string;
  readonly position: number;
  readonly start_at: number;
  readonly end_at: number;
  readonly line: number;
  readonly text: string;
  /** Words of the full-text index, folded, joined by one space. */
  readonly terms: string;
}

/** A session inside one transaction. */
export interface Writer extends Session {
  insert(table: TableName, rows: readonly Row[]): Promise<void>;
  insertPassages(rows: readonly PassageRow[]): Promise<void>;
}

/** A piece of SQL and the values of its marks. */
export interface Fragment {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** The passages that hold every term asked for, as parts of a SELECT over `passages p` joined to `notices n`. */
export interface PassageMatch {
  readonly from: string;
  readonly where: string;
  /** Newest first. */
  readonly order: string;
  /** Of the marks in `from` and `where`. */
  readonly values: readonly Value[];
}

export interface Engine extends Session {
  readonly name: string;
  /** Runs `work` in one transaction: all of it is kept, or nothing. Runs it again where another writer came in between. */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  /** `ids`: only passages of these notices, not more than a few thousand. */
  passagesWith(terms: readonly string[], ids?: readonly string[]): PassageMatch;
  /** What the engine finds wrong with its own files. */
  faults(): Promise<readonly string[]>;
  bytes(): Promise<number>;
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly language: Language;
  readonly readonly: boolean;
}

/** `?, ?, ?` for as many values. */
export const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
