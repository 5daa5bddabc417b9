import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateNotices } from '../../bench/generate.js';
import { compare } from '../../src/compare/compare.js';
import { differencesBetween } from '../../src/compare/difference.js';
import { readEntries } from '../../src/compare/entry.js';
import {
  emptyPrints,
  GRAM,
  GUARANTEED,
  packPrints,
  unpackPrints,
  WINDOW,
  winnow,
} from '../../src/compare/fingerprints.js';
import { countOwnLetters, lettersIn, lettersOf, ownLetterCounter } from '../../src/compare/letters.js';
import { createProfiler } from '../../src/compare/profile.js';
import { sourceOf } from '../../src/compare/source.js';
import { findStretches } from '../../src/compare/stretches.js';
import { vocabulary } from './family.js';
import { noticeOf } from './notice.js';

const PUNCTUATION = ['，', '。', ' ', '\n', '（', '“'];
const hanzi = fc.integer({ min: 0x4e00, max: 0x4fff }).map((code) => String.fromCharCode(code));
const han = (min: number, max: number) =>
  fc.array(hanzi, { minLength: min, maxLength: max }).map((all) => all.join(''));

const hashesOf = (text: string): ReadonlySet<number> => {
  const hashes = new Set<number>();
  winnow(lettersIn(text), (hash) => hashes.add(hash));
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

  test('no two neighbours are further apart than a window', () => {
    fc.assert(
      fc.property(han(GUARANTEED, 200), (text) => {
        const grams: number[] = [];
        winnow(lettersIn(text), (_, gram) => grams.push(gram));
        const steps = [...grams, lettersOf(text).length - GRAM + 1].map((gram, at) => gram - (grams[at - 1] ?? -1));
        expect(Math.max(...steps)).toBeLessThanOrEqual(WINDOW);
        expect(Math.min(...steps.slice(0, -1))).toBeGreaterThan(0);
      }),
    );
  });

  test('come back from their bytes, with where they stand and how many letters are own before them', () => {
    const own = ownLetterCounter(['三会一课制度']);
    const marks = fc.constantFrom('', ...PUNCTUATION, '三会一课，制度', '2023');
    const texts = fc.array(fc.tuple(han(0, 30), marks), { maxLength: 20 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.flat().join('');
        const { bytes, count } = packPrints(text, own);
        const prints = unpackPrints(bytes, count, emptyPrints());
        let index = 0;
        winnow(lettersIn(text), (hash, gram) => {
          const at = index;
          index += 1;
          const start = prints.start[at] as number;
          expect(prints.hash[at]).toBe(hash);
          expect(prints.letter[at]).toBe(gram);
          expect(lettersOf(text.slice(0, start))).toHaveLength(gram);
          expect(lettersOf(text.charAt(start))).toHaveLength(1);
          expect(prints.ownEnd[at]).toBeLessThanOrEqual((prints.own[at] as number) + GRAM);
        });
        expect(count).toBe(index);
      }),
    );
  });
});

describe('a passage', () => {
  const passage =
    '把库存的旧渔网逐张过秤登记并由两名村民代表签字后集中销毁，同时留存照片备查，再向全体渔户张榜公布结果。';
  const words = (text: string): readonly string[] => [text];
  const told = (id: string, unit: string, year: number, text: string) =>
    noticeOf({ id, unit, text, inspection: { published: `${year}-12-01` } });

  test('that a unit only repeats is its own', async () => {
    const notices = [told('a', '东县水务局', 2021, passage), told('b', '东县水务局', 2022, passage)];
    const { passages } = await compare(notices, { words, vocabulary });
    expect(passages.passages).toEqual([]);
    expect(passages.own.map(({ share }) => share)).toEqual([1, 1]);
  });

  test('is shown from its first letter to its last, and where it stood first', async () => {
    const notices = [
      told('c', '西县农业农村局', 2023, `三、其他。\n（一）${passage}此外无事。`),
      told('a', '东县水务局', 2021, `一、开头。${passage}`),
      told('b', '东县水务局', 2022, `甲乙丙丁。${passage}戊己庚辛。`),
    ];
    const { passages } = await compare(notices, { words, vocabulary });
    expect(passages.passages).toHaveLength(1);
    const [{ units, places, length }] = passages.passages as [(typeof passages.passages)[number]];
    expect(units).toBe(2);
    expect(places.map(({ evidence }) => [evidence.document, evidence.quote])).toEqual([
      ['a', passage],
      ['c', passage],
    ]);
    expect(length).toBe(lettersOf(passage).length);
  });

  test('is one passage though three units edited it each in another place', async () => {
    const longer = `${passage}对渔船检验证书逐本核验，过期的当场收回并开具回执，由渔政站在十个工作日内换发新证。`;
    const edited = [
      longer,
      longer.replace('两名', '三名').replace('张榜公布', '上墙公示'),
      longer.replace('过秤', '称重').replace('当场收回', '暂扣'),
    ];
    const units = ['东县水务局', '西县农业农村局', '南县林业局'];
    const notices = edited.map((text, at) =>
      told(`${at}`, units[at] as string, 2021 + at, `甲乙丙${'子丑寅'.charAt(at)}。${text}`),
    );
    const { passages } = await compare(notices, { words, vocabulary });
    expect(passages.passages).toHaveLength(1);
    const [first] = passages.passages;
    expect(first?.units).toBe(3);
    expect(first?.places.map(({ evidence }) => evidence.quote)).toEqual(edited);
    const changed = first?.places.map(({ differences = [] }) =>
      differences.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`),
    );
    expect(changed?.[1]).toEqual(['removed 两', 'added 三', 'removed 张榜', 'added 上墙', 'removed 布', 'added 示']);
  });

  test('shows the places of as many units as there is room for', async () => {
    const years = Array.from({ length: 20 }, (_, at) => told(`a${at}`, '东县水务局', 2000 + at, passage));
    const notices = [...years, told('b', '西县农业农村局', 2023, passage)];
    const { passages } = await compare(notices, { words, vocabulary });
    const [first] = passages.passages;
    expect(first?.placeCount).toBe(2);
    expect(first?.places.map(({ evidence }) => evidence.document)).toEqual(['a0', 'b']);
  });

  test('counts whole against own text, but for a few letters at its ends', async () => {
    const notices = [told('a', '东县水务局', 2021, passage), told('b', '西县农业农村局', 2022, passage)];
    const { passages } = await compare(notices, { words, vocabulary });
    for (const { characters, shared } of passages.own) {
      expect(shared).toBeLessThanOrEqual(characters);
      expect(shared).toBeGreaterThanOrEqual(characters - WINDOW);
    }
  });
});

test('stretches are the same in however many goes they are looked for', async () => {
  const profiler = createProfiler(vocabulary, (text) => [text]);
  const source = await sourceOf(generateNotices(30, 5), profiler);
  const { entries } = await readEntries(source, {}, vocabulary);
  const stretches = await findStretches(entries, source);
  expect(stretches.count).toBeGreaterThan(100);
  for (const slots of [1 << 8, 1 << 12]) expect(await findStretches(entries, source, slots)).toEqual(stretches);
});

describe('letters', () => {
  test('are counted without punctuation, width and case', () => {
    expect(lettersOf('（Ａ级）Ｂ，2 项。')).toBe('a级b2项');
    expect(lettersIn('（一）甲、乙。').places).toEqual(Uint32Array.of(1, 3, 5));
  });

  test('generic phrases and digits are not counted, whatever punctuation cuts them', () => {
    const count = ownLetterCounter(['三会一课制度']);
    expect(countOwnLetters('落实“三会一课”制度12次', count)).toBe('落实次'.length);
    expect(countOwnLetters('三会2一课制度', count)).toBe(0);
    expect(countOwnLetters('三会一课制', count)).toBe(5);
    expect([...count(lettersIn('甲三会一课制度1乙').codes)]).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
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
