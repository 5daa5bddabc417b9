/** Numbered steps of the schema, and the tool that brings a database up to the newest one. */
import { InputError } from '../../errors.js';
import { say } from '../../messages/index.js';
import type { Language } from '../../model.js';
import type { Session } from '../engine.js';
import { notices } from './0001-notices.js';
import { comparables } from './0002-comparables.js';
import { terms } from './0003-terms.js';

/** How an engine writes what the engines write differently. */
export interface Dialect {
  /** Text that sorts by its bytes. */
  readonly text: string;
  readonly blob: string;
  /** A whole number that counts rows up, as primary key. */
  readonly counter: string;
  /** Ends a `CREATE TABLE` whose rows lie in the order of the primary key, where the engine can. */
  readonly clustered: string;
  /** Columns that an index over notices carries besides, each after a comma: a filter is then answered from the index alone. */
  readonly carried: string;
  /** The full-text index over `passages`. */
  readonly fullText: readonly string[];
}

export interface Migration {
  readonly version: number;
  readonly statements: (dialect: Dialect) => readonly string[];
}

/** A step that was released is never edited; a change is a new step. */
const MIGRATIONS: readonly Migration[] = [notices, comparables, terms];

export const NEWEST_SCHEMA = Math.max(...MIGRATIONS.map((step) => step.version));

/**
 * Runs the steps above `version` (0: an empty database) inside the caller's transaction.
 * @throws InputError where a newer program made the schema.
 */
export async function migrate(session: Session, dialect: Dialect, version: number): Promise<void> {
  for (const step of MIGRATIONS.filter((one) => one.version > version)) {
    for (const statement of step.statements(dialect)) await session.all(statement);
    await session.all('INSERT INTO schema_version (version) VALUES (?)', [step.version]);
  }
}

/** @throws InputError where this program cannot use a schema of `version`: it is newer, or older and may not be written. */
export function requireUsableSchema(version: number, url: string, readonly: boolean, language: Language): void {
  const values = { version, newest: NEWEST_SCHEMA };
  if (version > NEWEST_SCHEMA) throw new InputError(say(language, 'store.newerSchema', values), { file: url });
  if (readonly && version < NEWEST_SCHEMA) {
    throw new InputError(say(language, 'store.olderSchema', values), { file: url });
  }
}
