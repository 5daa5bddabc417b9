/** What a database engine gives the store: sessions that run SQL with `?` marks, and the few things each engine does its own way. */
import type { Language } from '../model.js';
import type { BinaryTable, PackedTable, Row } from './tables.js';

export type Value = string | number | null | Buffer;

export interface Session {
  all<T>(sql: string, values?: readonly Value[]): Promise<T[]>;
}

/** A session inside one transaction. */
export interface Writer extends Session {
  /** @param rows as `joinRows` gives them */
  insert(table: PackedTable, rows: Buffer): Promise<void>;
  /** From here to the end of the transaction no other writer passes this point. */
  takeTurn(): Promise<void>;
  insertBinary(table: BinaryTable, rows: readonly Row[]): Promise<void>;
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
