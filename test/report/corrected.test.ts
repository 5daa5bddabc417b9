import { describe, expect, it } from 'vitest';
import { correctedRecord, readCorrection } from '../../src/report/corrected.js';
import { shippedRules } from '../pipeline.js';
import { ENTRY } from './fixture.js';

const { lexicon } = shippedRules();

const figure = (stated: string, value: string, unit: string) => ({ stated, value, unit, qualifier: 'exact' as const });
const COUNT = figure('43个', '43', '个');
const MONEY = figure('3.15万元', '31500', '元');
const RATE = figure('95%', '95', '%');

describe('readCorrection', () => {
  it.each([
    ['44个', COUNT, '44'],
    [' 44 ', COUNT, '44'],
    ['四十四项', COUNT, '44'],
    ['3.2万元', MONEY, '32000'],
    ['90.9%', RATE, '90.9'],
    ['百分之九十', RATE, '90'],
  ])('reads %j', (words, original, value) => {
    expect(readCorrection(words, original, lexicon)?.value).toBe(value);
  });

  it.each([
    ['无', COUNT],
    ['44个，其中5个', COUNT],
    ['44%', COUNT],
    ['44个', RATE],
    // Whether 3.2 means 万元 or 元 is not said.
    ['3.2', MONEY],
  ])('takes %j for no number of the kind', (words, original) => {
    expect(readCorrection(words, original, lexicon)).toBeUndefined();
  });
});

describe('correctedRecord', () => {
  const by = { reason: '核对台账', who: '王某', when: '2024-05-06T07:08:09Z' };

  it('puts names and figures in their place, and leaves evidence and order alone', () => {
    const { record } = ENTRY;
    const corrected = correctedRecord(
      record,
      [
        { field: 'unit', from: '青石县水务局党组', to: '青石县水利局党组', ...by },
        { field: 'responsible', from: '林某某', to: '林某生', ...by },
        { field: 'figure:problems.rate', from: '95%', to: '90%', ...by },
      ],
      lexicon,
    );
    expect(corrected.unit?.name).toBe('青石县水利局党组');
    expect(corrected.findings[0]?.responsibles).toEqual(['林某生']);
    expect(corrected.figures.map(({ evidence }) => evidence)).toEqual(record.figures.map(({ evidence }) => evidence));
    expect(corrected.figures.find(({ metric }) => metric === 'problems.rate')).toMatchObject({
      value: '90',
      stated: '90%',
    });
  });

  it('is the record itself where nothing was corrected', () => {
    expect(correctedRecord(ENTRY.record, [], lexicon)).toBe(ENTRY.record);
  });
});
