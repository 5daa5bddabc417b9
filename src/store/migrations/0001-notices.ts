/** Notices with what was found in them, their readings, and reviews. */
import type { Migration } from './migration.js';

export const notices: Migration = {
  version: 1,
  statements: ({ text, blob, counter, clustered, carried, fullText }) => {
    const notice = `notice ${text} NOT NULL REFERENCES notices (id) ON DELETE CASCADE`;
    const place = 'line INTEGER NOT NULL, page INTEGER, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL';
    return [
      'CREATE TABLE schema_version (version INTEGER PRIMARY KEY)',
      `CREATE TABLE notices (
        id ${text} PRIMARY KEY,
        document ${text} NOT NULL,
        source ${text} NOT NULL,
        media_type ${text} NOT NULL,
        encoding ${text},
        title ${text},
        unit ${text},
        kind ${text},
        team ${text},
        started ${text},
        ended ${text},
        feedback ${text},
        published ${text},
        date ${text} NOT NULL,
        year INTEGER,
        characters INTEGER NOT NULL,
        pages INTEGER,
        coverage DOUBLE PRECISION NOT NULL,
        sections INTEGER NOT NULL,
        findings INTEGER NOT NULL,
        measures INTEGER NOT NULL,
        outcomes INTEGER NOT NULL,
        completed INTEGER NOT NULL,
        ongoing INTEGER NOT NULL,
        long_term INTEGER NOT NULL,
        not_started INTEGER NOT NULL,
        unstated INTEGER NOT NULL,
        errors INTEGER NOT NULL,
        warnings INTEGER NOT NULL,
        infos INTEGER NOT NULL,
        consistent INTEGER NOT NULL,
        unverifiable INTEGER NOT NULL,
        headline ${text} NOT NULL,
        rules ${text} NOT NULL
      )${clustered}`,
      'CREATE INDEX notices_document ON notices (document)',
      `CREATE INDEX notices_source ON notices (source${carried})`,
      `CREATE INDEX notices_unit ON notices (COALESCE(unit, ''), source${carried})`,
      `CREATE INDEX notices_date ON notices (date DESC, source${carried})`,
      `CREATE INDEX notices_errors ON notices (errors DESC, source${carried})`,
      'CREATE INDEX notices_year ON notices (year)',
      'CREATE INDEX notices_kind ON notices (kind)',
      `CREATE TABLE contents (
        ${notice} PRIMARY KEY, document ${blob} NOT NULL, record ${blob} NOT NULL)`,
      `CREATE TABLE sections (
        ${notice}, position INTEGER NOT NULL, number ${text}, title ${text} NOT NULL, level INTEGER NOT NULL, ${place},
        PRIMARY KEY (notice, position))${clustered}`,
      `CREATE TABLE findings (
        ${notice}, position INTEGER NOT NULL, id ${text} NOT NULL, section ${text}, number ${text}, titles ${text} NOT NULL,
        status ${text} NOT NULL, deadline ${text}, measures INTEGER NOT NULL, outcomes INTEGER NOT NULL,
        responsibles ${text} NOT NULL, ${place},
        PRIMARY KEY (notice, position))${clustered}`,
      `CREATE TABLE measures (
        ${notice}, finding INTEGER NOT NULL, position INTEGER NOT NULL, ordinal INTEGER NOT NULL, text ${text} NOT NULL,
        status ${text} NOT NULL, deadline ${text}, responsibles ${text} NOT NULL, ${place},
        PRIMARY KEY (notice, finding, position))${clustered}`,
      `CREATE TABLE outcomes (
        ${notice}, finding INTEGER NOT NULL, position INTEGER NOT NULL, ordinal INTEGER NOT NULL, text ${text} NOT NULL, ${place},
        PRIMARY KEY (notice, finding, position))${clustered}`,
      `CREATE TABLE figures (
        ${notice}, position INTEGER NOT NULL, metric ${text}, value ${text} NOT NULL, amount DOUBLE PRECISION,
        stated ${text} NOT NULL, unit ${text} NOT NULL, noun ${text} NOT NULL, scope ${text} NOT NULL,
        qualifier ${text} NOT NULL, lower_bound ${text}, upper_bound ${text}, ${place},
        PRIMARY KEY (notice, position))${clustered}`,
      'CREATE INDEX figures_metric ON figures (metric, scope, amount) WHERE metric IS NOT NULL',
      `CREATE TABLE responsibles (
        ${notice}, position INTEGER NOT NULL, name ${text} NOT NULL, kind ${text} NOT NULL, roles ${text} NOT NULL, ${place},
        PRIMARY KEY (notice, position))${clustered}`,
      'CREATE INDEX responsibles_name ON responsibles (name)',
      `CREATE TABLE checks (
        ${notice}, position INTEGER NOT NULL, rule ${text} NOT NULL, kind ${text} NOT NULL, verdict ${text} NOT NULL,
        severity ${text} NOT NULL, message ${text} NOT NULL, stated ${text}, expected ${text}, key ${text} NOT NULL,
        PRIMARY KEY (notice, position))${clustered}`,
      "CREATE INDEX checks_failed ON checks (rule, verdict) WHERE verdict IN ('inconsistent', 'observed')",
      `CREATE TABLE evidence (
        ${notice}, check_position INTEGER NOT NULL, position INTEGER NOT NULL, quote ${text} NOT NULL, ${place},
        PRIMARY KEY (notice, check_position, position))${clustered}`,
      `CREATE TABLE reads (
        n ${counter}, source ${text} NOT NULL, document ${text}, at ${text} NOT NULL, outcome ${text} NOT NULL, reason ${text})`,
      'CREATE INDEX reads_source ON reads (source, n)',
      "CREATE INDEX reads_failed ON reads (source, n) WHERE outcome = 'failed'",
      `CREATE TABLE reviews (
        n ${counter}, subject ${text} NOT NULL, key ${text} NOT NULL, decision ${text} NOT NULL, reason ${text} NOT NULL,
        who ${text} NOT NULL, at ${text} NOT NULL, field ${text}, value_from ${text}, value_to ${text})`,
      'CREATE INDEX reviews_subject ON reviews (subject, key, n)',
      `CREATE TABLE passages (
        n ${counter}, ${notice}, position INTEGER NOT NULL, line INTEGER NOT NULL, start_at INTEGER NOT NULL,
        end_at INTEGER NOT NULL, text ${text} NOT NULL)`,
      'CREATE INDEX passages_notice ON passages (notice, position)',
      ...fullText,
    ];
  },
};
