import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differencesBetween } from '../../src/compare/difference.js';
import { fingerprint, fingerprintIndex, GUARANTEED } from '../../src/compare/fingerprints.js';
import { countLetters, lettersOf, ownLetterCounter } from '../../src/compare/letters.js';

const PUNCTUATION = ['，', '。', ' ', '\n', '（', '“'];
const hanzi = fc.integer({ min: 0x4e00, max: 0x4fff }).map((code) => String.fromCharCode(code));
const han = (min: number, max: number) =>
  fc.array(hanzi, { minLength: min, maxLength: max }).map((all) => all.join(''));

const hashesOf = (text: string): ReadonlySet<number> => {
  const hashes = new Set<number>();
  fingerprint(text, (hash) => hashes.add(hash));
  return hashes;
};

describe('fingerprints', () => {
  test('two texts that share enough letters in a row share a fingerprint, whatever punctuation stands between', () => {
    fc.assert(
      fc.property(
        han(0, 60),
        han(0, 60),
        han(GUARANTEED, 60),
        fc.constantFrom(...PUNCTUATION),
        (a, b, shared, mark) => {
          const apart = [...shared].map((letter, at) => (at % 7 === 3 ? letter + mark : letter)).join('');
          const [one, other] = [hashesOf(a + shared), hashesOf(`${b}${apart}${a}`)];
          expect([...one].some((hash) => other.has(hash))).toBe(true);
        },
      ),
    );
  });

  test('every fingerprint stands at a letter', () => {
    fc.assert(
      fc.property(han(40, 120), (text) => {
        const spaced = [...text].join('，');
        fingerprint(spaced, (_, position) => {
          expect(spaced.charAt(position)).not.toBe('，');
        });
      }),
    );
  });

  test('a document meets the earliest document of each other owner, and none of its own', () => {
    const passage = '把库存的旧渔网逐张过秤登记并由两名村民代表签字后集中销毁同时留存照片备查再向全体渔户张榜公布结果';
    const index = fingerprintIndex([passage, passage, passage, passage], [0, 1, 1, 0]);
    const met = new Set<number>();
    index.earlierPlaces(3, 5, (_, places) => {
      for (const { document } of places) met.add(document);
    });
    expect([...met]).toEqual([1]);
  });
});

describe('letters', () => {
  test('are counted without punctuation, width and case', () => {
    expect(lettersOf('（Ａ级）Ｂ，2 项。')).toBe('a级b2项');
    expect(countLetters('（一）甲、乙。')).toBe(3);
  });

  test('generic phrases and digits are not counted, whatever punctuation cuts them', () => {
    const count = ownLetterCounter(['三会一课制度']);
    const text = '落实“三会一课”制度12次';
    expect(count(text, 0, text.length)).toBe('落实次'.length);
  });
});

describe('differences', () => {
  test('are none where only punctuation differs', () => {
    expect(differencesBetween('甲、乙，丙。', '甲乙丙')).toBeUndefined();
  });

  test('keep numbers whole', () => {
    expect(differencesBetween('共清退312户', '共清退321户')).toEqual([
      { kind: 'same', text: '共清退' },
      { kind: 'removed', text: '312' },
      { kind: 'added', text: '321' },
      { kind: 'same', text: '户' },
    ]);
  });
});
