/** What comparing needs of each notice, beside it: its profile and its fingerprints, so that comparing reads no texts. */
import type { Migration } from './migration.js';

export const comparables: Migration = {
  version: 2,
  statements: ({ text, blob, clustered }) => [
    // The profile stands first: reading it leaves the fingerprints, which are larger, where they lie.
    `CREATE TABLE comparables (
      notice ${text} PRIMARY KEY NOT NULL REFERENCES notices (id) ON DELETE CASCADE,
      stamp ${text} NOT NULL,
      profile ${blob} NOT NULL,
      prints ${blob} NOT NULL
    )${clustered}`,
  ],
};
