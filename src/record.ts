/** Notice → the record of the contract: plain JSON, messages in the language of the run. */
import { say } from './messages/index.js';
import type { Language, Notice, NoticeRecord, Status } from './model.js';

/** True where something is still to be done. */
export const isOpen = (status: Status): boolean => status === 'ongoing' || status === 'notStarted';

export function toRecord(notice: Notice, language: Language): NoticeRecord {
  const { document } = notice;
  return {
    document: {
      id: document.id,
      source: document.source,
      mediaType: document.mediaType,
      ...(document.encoding === undefined ? {} : { encoding: document.encoding }),
      ...(document.title === undefined ? {} : { title: document.title }),
      characters: document.text.length,
      ...(document.pages === undefined ? {} : { pages: document.pages.length }),
    },
    ...(notice.unit === undefined ? {} : { unit: notice.unit }),
    inspection: notice.inspection,
    sections: notice.sections,
    findings: notice.findings,
    figures: notice.figures.map(({ quantity: _quantity, rule: _rule, ...figure }) => figure),
    responsibles: notice.responsibles,
    documents: notice.documents,
    coverage: notice.coverage,
    checks: notice.checks.map((check) => ({
      ...check,
      message: check.message[language],
      messages: check.message,
    })),
    notes: [...document.notes, ...notice.notes].map((note) => ({
      ...note,
      message: say(language, note.code, note.values),
    })),
    rules: notice.rules,
  };
}
