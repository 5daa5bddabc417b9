import { describe, expect, test } from 'vitest';
import { namesWithin, parseUnitName, unitKeys } from '../../src/compare/unit.js';
import { vocabulary } from './family.js';

const parse = (name: string) => parseUnitName(name, vocabulary);

describe('the name of a unit', () => {
  test.each([
    ['中共澄江市平坝区水利局党组', ['澄江市', '平坝区'], '水利局', '政府部门'],
    ['盐城市财政局党组', ['盐城市'], '财政局', '政府部门'],
    ['临山县城市管理局', ['临山县'], '城市管理局', '政府部门'],
    ['临山县住房和城乡建设局党组', ['临山县'], '住房和城乡建设局', '政府部门'],
    ['临山县柳沟镇党委', ['临山县', '柳沟镇'], '', '乡镇街道'],
    ['临山县总工会党组', ['临山县'], '总工会', '群团组织'],
    ['临山县柳沟镇委员会', ['临山县', '柳沟镇'], '', '乡镇街道'],
    ['临山县发展和改革委员会', ['临山县'], '发展和改革', '政府部门'],
    ['区总工会党组', [], '区总工会', '群团组织'],
  ])('%s', (name, regions, rest, type) => {
    expect(parse(name)).toEqual({ regions, rest, type });
  });

  test('a name without its wider region is the same unit where only one is known', () => {
    const keys = unitKeys(['澄江市平坝区水利局党组', '平坝区水利局', '中共平坝区水利局党组'].map(parse));
    expect(new Set(keys).size).toBe(1);
  });

  test('where two cities have such a district, it stays by itself', () => {
    const keys = unitKeys(['澄江市鼓楼区水利局', '安平市鼓楼区水利局', '鼓楼区水利局'].map(parse));
    expect(new Set(keys).size).toBe(3);
  });

  test('an office of the same county may leave the county out', () => {
    expect(namesWithin(parse('临山县水利局党组'), ['临山县'])).toEqual(['临山县水利局', '县水利局', '水利局']);
    expect(namesWithin(parse('临山县水利局党组'), ['平坝区'])).toEqual(['临山县水利局']);
  });
});
