import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/report/entry.js';
import { renderTable } from '../../src/report/table.js';
import { renderList, renderNotice, renderSummary, type TextOptions } from '../../src/report/text.js';
import { displayWidth, truncate, wrap } from '../../src/report/width.js';
import { check, ENTRY, evidenceIn, HOSTILE, hostileEntry, RATE_CHECK, RECORD, TEXT } from './fixture.js';

const OPTIONS: TextOptions = { language: 'zh', color: false, width: 80, detail: 'normal' };
const ESCAPE = String.fromCharCode(27);

describe('width', () => {
  it('counts Chinese characters as two columns, Latin ones as one, combining marks as none', () => {
    expect(displayWidth('整改')).toBe(4);
    expect(displayWidth('44个')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('，。％')).toBe(6);
  });

  it('truncates to the width, the ellipsis included', () => {
    expect(truncate('整改情况', 5)).toBe('整改…');
    expect(truncate('整改', 4)).toBe('整改');
  });

  it('wraps without breaking a number or starting a line with punctuation', () => {
    expect(wrap('共计挽回损失264.90665万元', 14)).toEqual(['共计挽回损失', '264.90665万元']);
    expect(wrap('建立台账，按月通报', 8)).toEqual(['建立台', '账，按月', '通报']);
  });

  it('never exceeds the width, and loses nothing but white space', () => {
    const char = fc.constantFrom('整', '改', '，', '。', 'a', '1', ' ', '“', '”', '%', '.');
    fc.assert(
      fc.property(fc.string({ unit: char }), fc.integer({ min: 4, max: 30 }), (text, width) => {
        const lines = wrap(text, width);
        expect(lines.every((line) => displayWidth(line) <= width)).toBe(true);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
});

describe('renderTable', () => {
  it('aligns columns of Chinese and Latin cells', () => {
    const table = renderTable(
      [{ title: '单位' }, { title: '问题', align: 'right' }],
      [
        ['水务局', '9'],
        ['AB', '12'],
      ],
      80,
    );
    expect(table).toBe('单位    问题\n──────  ────\n水务局     9\nAB        12\n');
  });

  it('cuts the widest column first, and wraps where the column says so', () => {
    const columns = [{ title: 'A' }, { title: 'B', overflow: 'wrap', minWidth: 4 }] as const;
    expect(renderTable(columns, [['ab', '一二三四']], 8)).toBe('A   B\n──  ────\nab  一二\n    三四\n');
  });
});

describe('renderNotice', () => {
  it('shows headline, faults with their words marked, then what was verified', () => {
    expect(renderNotice(ENTRY, OPTIONS)).toMatchInlineSnapshot(`
      "青石县水务局党组  in/水务局.txt
        巡察：县委第三巡察组，2023-03-01 至 2023-04-15
        部分 1 个，问题 1 条，措施 2 项，成效 1 条，结构覆盖 90%
        主要数据：problems.total 20个，problems.completed 18个，problems.rate 95%

      错误[checks/rates/completion] 20个问题完成18个，应为90%，文中写作95%
       --> in/水务局.txt:3:41
      3 | …县水务局党组开展了巡察。共梳理出20个具体问题，已完成整改18个，完成率95%。
        |                                  ^^^^^^^^^^^^            ^^^^        ^^^
        = 所据数据：problems.completed 18个，problems.total 20个
        = 对照：文中为 95%，核对为 90%

      ✓ 检查起止日期的次序无误
        in/水务局.txt:3:1  “2023年3月1日至4月15日”

      错误 1，核对相符 1
      "
    `);
  });

  it('marks the quoted words exactly', () => {
    const lines = renderNotice(ENTRY, OPTIONS).split('\n');
    const at = lines.findIndex((line) => line.includes('^'));
    const marks = lines[at] as string;
    const quoted = lines[at - 1] as string;
    let column = 0;
    let marked = '';
    for (const char of quoted) {
      if (marks[column] === '^') marked += char;
      column += displayWidth(char);
    }
    expect(marked).toBe('20个具体问题18个95%');
  });

  it('shows the start of a quote that is wider than the terminal', () => {
    const evidence = [evidenceIn(TEXT, TEXT.split('\n')[2] as string)];
    const output = renderNotice({ text: TEXT, record: { ...RECORD, checks: [check({ evidence })] } }, OPTIONS);
    const marks = output.split('\n').find((line) => line.includes('^')) as string;
    expect(marks.length).toBeGreaterThan(60);
    expect(displayWidth(marks)).toBeLessThanOrEqual(80);
  });

  it('shows errors alone when quiet, and operands of what holds when verbose', () => {
    expect(renderNotice(ENTRY, { ...OPTIONS, detail: 'quiet' })).not.toContain('次序无误');
    expect(renderNotice(ENTRY, { ...OPTIONS, detail: 'verbose' })).toContain('核对相符[checks/dates/order]');
  });

  it('cuts a long list of places short, unless all are asked for', () => {
    const text = Array.from({ length: 9 }, (_, index) => `第${index}行`).join('\n');
    const evidence = text.split('\n').map((line) => evidenceIn(text, line));
    const entry = { text, record: { ...RECORD, checks: [check({ evidence })] } };
    expect(renderNotice(entry, OPTIONS)).toContain('另有 5 处');
    expect(renderNotice(entry, { ...OPTIONS, detail: 'verbose' }).match(/-->/g)).toHaveLength(9);
  });

  it('does not count what a person dismissed', () => {
    const review = { decision: 'dismissed', reason: '口径不同', who: '王某', when: '2024-01-05' } as const;
    const reviews = new Map([[RATE_CHECK.key, review]]);
    expect(renderNotice({ ...ENTRY, reviews }, OPTIONS)).not.toContain('错误');
    expect(renderNotice({ ...ENTRY, reviews }, { ...OPTIONS, detail: 'verbose' })).toContain('口径不同');
  });

  it('colours only when told to', () => {
    expect(renderNotice(ENTRY, OPTIONS)).not.toContain(ESCAPE);
    expect(renderNotice(ENTRY, { ...OPTIONS, color: true })).toContain(`${ESCAPE}[31m`);
  });

  it.each(HOSTILE)('lets no escape sequence of a notice through: %j', (words) => {
    const output = renderNotice(hostileEntry(words), { ...OPTIONS, detail: 'verbose' });
    expect(output).not.toMatch(/(?!\n)\p{Cc}|[\u202a-\u202e]/u);
  });

  it('speaks English', () => {
    expect(renderNotice(ENTRY, { ...OPTIONS, language: 'en' })).toContain('error[checks/rates/completion]');
  });
});

it('renderSummary adds the tallies of many notices', () => {
  const { tally } = summarise(ENTRY);
  expect(renderSummary([tally, tally], OPTIONS)).toBe('共 2 份：错误 2，核对相符 2');
});

it('renderList gives each notice a line', () => {
  const list = renderList([{ id: '1', summary: summarise(ENTRY) }], { ...OPTIONS, width: 140 });
  expect(list.split('\n')[2]).toContain('青石县水务局党组');
});
