/** Texts that differ by a few characters are found without holding every text against every other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNear, nearPairs } from '../../../src/check/wording-near.js';

const passage = '组织各科室对固定资产开展全面清查盘点逐件张贴资产标签并与财务账目核对一致';

describe('near texts', () => {
  it('differ in no more than one character in twelve', () => {
    expect(isNear(passage, passage.replace('逐件', '逐一'))).toBe(true);
    expect(isNear(passage, `${passage}共计一千二百余件并已报主管部门备案`)).toBe(false);
  });

  it('are the same both ways round', () => {
    const text = fc.string({ unit: fc.constantFrom(...'甲乙丙丁'), maxLength: 40 });
    fc.assert(fc.property(text, text, (a, b) => isNear(a, b) === isNear(b, a)));
  });

  it('are paired, and equal ones are not', () => {
    const changed = passage.replace('一致', '相符');
    expect(nearPairs([passage, '召开专题会议研究部署', changed, passage])).toEqual([
      [0, 2],
      [2, 3],
    ]);
  });
});
