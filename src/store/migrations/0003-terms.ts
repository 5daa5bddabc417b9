/** What the titles of problems consist of, for all notices together: kept with each notice, so that comparing need not count. */
import type { Migration } from './migration.js';

export const terms: Migration = {
  version: 3,
  statements: ({ text, clustered }) => [
    // The titles that a notice has; `title` is a hash of the title and its words, `words` are parted by spaces. They do not go
    // with their notice by themselves: whoever takes them away counts them.
    `CREATE TABLE titles (
      notice ${text} NOT NULL REFERENCES notices (id),
      title ${text} NOT NULL,
      words ${text} NOT NULL,
      PRIMARY KEY (notice, title)
    )${clustered}`,
    'CREATE INDEX titles_title ON titles (title)',
    // In how many different titles each word stands; the empty word stands in all.
    `CREATE TABLE terms (word ${text} PRIMARY KEY NOT NULL, titles INTEGER NOT NULL)${clustered}`,
  ],
};
