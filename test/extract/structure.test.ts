import { describe, expect, it } from 'vitest';
import { extract } from '../../src/extract/extract.js';
import { loadRules } from '../../src/rules/load.js';
import { documentOf, viewOf } from './view.js';

const rules = loadRules(process.env.HECHA_TEST_RULES ?? 'rules');

/** Findings in short: `section number titles [status until deadline] measures > outcomes`. */
function findingsOf(text: string): readonly string[] {
  return extract(rules, viewOf(text.trim(), rules)).findings.map((finding) => {
    const { section, number, titles, status, deadline, measures, outcomes } = finding;
    const place = [section, number].filter((each) => each !== null).join(' ');
    const state = [status, ...(deadline === undefined ? [] : [deadline])].join(' ');
    const texts = [measures, outcomes].map((items) => items.map((item) => item.text).join(' / '));
    return `${place} ${titles.join(' + ')} [${state}] ${texts.join(' > ')}`.trim();
  });
}

const NOTICE = '区档案馆党组关于巡察整改情况的通报\n2023年4月，区委第一巡察组对区档案馆党组开展巡察，5月20日反馈。\n';

describe('marks', () => {
  it('counts with the characters that hold a number and its brackets', () => {
    expect(
      findingsOf(`${NOTICE}㈠关于馆务管理方面
⒈针对“库房温湿度记录不全”的问题。
⑴更换记录仪12台。
⑵每日两次登记。
⒉针对“查阅登记不规范”的问题。
⑴重印登记簿。
㈡关于队伍建设方面
⒈针对“业务培训偏少”的问题。
⑴举办培训3期。`),
    ).toEqual([
      '㈠ ⒈ 库房温湿度记录不全 [unstated] 更换记录仪12台。 / 每日两次登记。 >',
      '㈠ ⒉ 查阅登记不规范 [unstated] 重印登记簿。 >',
      '㈡ ⒈ 业务培训偏少 [unstated] 举办培训3期。 >',
    ]);
  });

  it('counts aspects', () => {
    expect(
      findingsOf(`${NOTICE}第一个方面：馆务管理存在短板
问题1.库房管理松散。
整改：更换门禁3处。
第二个方面：服务不够到位
问题2.查阅等候时间长。
整改：增设窗口2个。`),
    ).toEqual([
      '第一个方面 1 库房管理松散 [unstated] 更换门禁3处。 >',
      '第二个方面 2 查阅等候时间长 [unstated] 增设窗口2个。 >',
    ]);
  });

  it('takes marks of the innermost style for findings where no other is', () => {
    expect(
      findingsOf(`${NOTICE}一是关于库房管理松散的问题。更换门禁3处。已完成整改。
二是关于查阅等候时间长的问题。增设窗口2个。正在推进。`),
    ).toEqual(['一 库房管理松散 [completed] 更换门禁3处。 >', '二 查阅等候时间长 [ongoing] 增设窗口2个。 >']);
  });

  it('finds the first mark after a label in brackets, and one that touches a number', () => {
    expect(
      findingsOf(`${NOTICE}问题1：库房管理松散
【整改措施】1.更换门禁。2.每日巡查。
问题2：欠缴水电费
【整改措施】
1、63户欠费已全部结清。
2、安装计量表。`),
    ).toEqual([
      '1 库房管理松散 [unstated] 更换门禁。 / 每日巡查。 >',
      '2 欠缴水电费 [unstated] 63户欠费已全部结清。 / 安装计量表。 >',
    ]);
  });
});

describe('fields', () => {
  it('may be counted themselves', () => {
    expect(
      findingsOf(`${NOTICE}一、组织情况
馆党组开会3次。
二、整改情况
（一）库房管理不严
1.反馈问题
部分库房门禁失灵。
2.整改措施
一是更换门禁。二是每日巡查。
3.整改成效
门禁全部恢复。
4.整改状态
已完成
（二）查阅服务不优
1.反馈问题
查阅等候时间长。
2.整改措施
一是增设窗口。二是推行预约。
3.整改成效
等候时间减半。
4.整改状态
持续推进`),
    ).toEqual([
      '二 （一） 库房管理不严 [completed] 更换门禁。 / 每日巡查。 > 门禁全部恢复。',
      '二 （二） 查阅服务不优 [ongoing] 增设窗口。 / 推行预约。 > 等候时间减半。',
    ]);
  });

  it('are told by their last word at the start of a paragraph', () => {
    expect(
      findingsOf(`${NOTICE}巡察指出：库房管理松散
包案领导：何文
治理举措：更换门禁。
改得怎样：门禁全部恢复。
验收结论：同意销号
巡察指出：查阅等候时间长
包案领导：何文
治理举措：增设窗口。
改得怎样：等候时间减半。
验收结论：正在推进`),
    ).toEqual([
      '库房管理松散 [completed] 更换门禁。 > 门禁全部恢复。',
      '查阅等候时间长 [ongoing] 增设窗口。 > 等候时间减半。',
    ]);
  });

  it('of several paragraphs go on with their list', () => {
    expect(
      findingsOf(`${NOTICE}一、库房管理不到位
具体问题：
1.部分库房门禁失灵。
2.值班记录不全。
整改情况：
1.更换门禁3处。
2.补记值班记录。
二、查阅服务不规范
具体问题：
1.等候时间长。
2.收费公示不全。
整改情况：
1.增设窗口2个。
2.重新公示收费。`),
    ).toEqual([
      '一 库房管理不到位 [unstated] 更换门禁3处。 / 补记值班记录。 >',
      '二 查阅服务不规范 [unstated] 增设窗口2个。 / 重新公示收费。 >',
    ]);
  });

  it('leave out why it came about', () => {
    expect(
      findingsOf(`${NOTICE}问题1：库房管理松散
原因分析：人手不足，制度不全。
整改措施：更换门禁。
问题2：查阅等候时间长
原因分析：窗口偏少。
整改措施：增设窗口。`),
    ).toEqual(['1 库房管理松散 [unstated] 更换门禁。 >', '2 查阅等候时间长 [unstated] 增设窗口。 >']);
  });
});

describe('titles', () => {
  it('are what stands in 在…方面 where the paragraphs written so name problems', () => {
    expect(
      findingsOf(`${NOTICE}一、工作作风方面
在值班值守不严方面，修订值班制度。每月通报一次。（责任领导：何文；2023年9月底前完成，已完成）
在库房巡护依赖人海战术方面，新建监控点26处。（责任领导：何文；长期坚持）
二、服务方面
在查阅等候时间长等问题解决不及时方面，增设窗口2个。（责任领导：何文；正在推进）`),
    ).toEqual([
      '一 值班值守不严 [completed 2023-09-30] 修订值班制度。 / 每月通报一次。 >',
      '一 库房巡护依赖人海战术 [longTerm] 新建监控点26处。 >',
      '二 查阅等候时间长等问题解决不及时 [ongoing] 增设窗口2个。 >',
    ]);
  });

  it('take a sentence that lacks something before 整改情况 for the problem, and a watchword for no status', () => {
    expect(
      findingsOf(`${NOTICE}（一）学习巡察要求不到位。
业务学习有计划无行动。
整改情况：党组认真反思，即知即改。一是制定学习方案。
（二）库房管理松散。
钥匙交接手续不全。
整改情况：一是更换门禁。`),
    ).toEqual(['（一） 学习巡察要求不到位 [unstated] 制定学习方案。 >', '（二） 库房管理松散 [unstated] 更换门禁。 >']);
  });

  it('are none in the parts that say who answers for the rectification', () => {
    expect(
      findingsOf(`${NOTICE}一、整改工作组织情况
（一）坚持以上率下，强化统筹。成立整改专班，下设办公室。
（二）坚持问题导向，强化调度。先后召开会议3次。
二、强化主体责任，全面推进巡察整改
（一）提高站位，深化认识。认真学习反馈意见。
三、整改落实情况
（一）关于“库房管理松散”问题的整改
一是更换门禁。`),
    ).toEqual(['三 （一） 库房管理松散 [unstated] 更换门禁。 >']);
  });

  it('stand without the brackets that state how far it has come', () => {
    expect(
      findingsOf(`${NOTICE}（一）库房管理松散的问题（立行立改，已完成）
更换门禁。
（二）查阅等候时间长的问题（2024年6月底前完成，正在推进）
增设窗口。
（三）值班记录不全的问题【长期坚持】
补记值班记录。`),
    ).toEqual([
      '（一） 库房管理松散 [completed] 更换门禁。 >',
      '（二） 查阅等候时间长 [ongoing 2024-06-30] 增设窗口。 >',
      '（三） 值班记录不全 [longTerm] 补记值班记录。 >',
    ]);
  });

  it('that are only announced are not findings of their own', () => {
    expect(
      findingsOf(`${NOTICE}一、存在问题
（一）库房管理松散。
（二）查阅等候时间长。
二、整改情况
（一）库房管理松散的问题。更换门禁，已完成。
（二）查阅等候时间长的问题。增设窗口，正在推进。`),
    ).toEqual([
      '二 （一） 库房管理松散 [completed] 更换门禁，已完成。 >',
      '二 （二） 查阅等候时间长 [ongoing] 增设窗口，正在推进。 >',
    ]);
  });
});

describe('nesting', () => {
  it('follows the text where styles stand the other way round', () => {
    expect(
      findingsOf(`${NOTICE}（1）关于馆务管理方面的问题
1.库房管理松散。更换门禁3处。
2.值班记录不全。补记值班记录。
（2）关于服务方面的问题
1.查阅等候时间长。增设窗口2个。
2.收费公示不全。重新公示收费。`),
    ).toEqual([
      '（1） 1 库房管理松散 [unstated] 更换门禁3处。 >',
      '（1） 2 值班记录不全 [unstated] 补记值班记录。 >',
      '（2） 1 查阅等候时间长 [unstated] 增设窗口2个。 >',
      '（2） 2 收费公示不全 [unstated] 重新公示收费。 >',
    ]);
  });

  it('puts lines without a number above the outermost marks that each of them heads', () => {
    expect(
      findingsOf(`${NOTICE}馆务管理方面
一、关于库房管理不严的问题
整改措施：更换门禁。
服务方面
二、关于查阅等候时间长的问题
整改措施：增设窗口。`),
    ).toEqual(['一 库房管理不严 [unstated] 更换门禁。 >', '二 查阅等候时间长 [unstated] 增设窗口。 >']);
  });

  it('tells bullets of two looks apart', () => {
    expect(
      findingsOf(`${NOTICE}● 库房管理松散
○ 更换门禁。
○ 每日巡查。
状态：已完成
● 查阅等候时间长
○ 增设窗口。
状态：持续推进`),
    ).toEqual(['库房管理松散 [completed] 更换门禁。 / 每日巡查。 >', '查阅等候时间长 [ongoing] 增设窗口。 >']);
  });

  it('counts items with letters and with 一方面', () => {
    expect(
      findingsOf(`${NOTICE}一、库房管理松散的问题
A．更换门禁。
B．每日巡查。
二、查阅等候时间长的问题
一方面，增设窗口。另一方面，推行预约。`),
    ).toEqual([
      '一 库房管理松散 [unstated] 更换门禁。 / 每日巡查。 >',
      '二 查阅等候时间长 [unstated] 增设窗口。 / 推行预约。 >',
    ]);
  });
});

describe('records of fields without a heading', () => {
  it.each([
    ['labels alone in their lines', ['问题描述', '整改办法', '整改状态'].map((label) => `${label}\n`)],
    ['labels in square brackets', ['[审计发现问题]', '[治理措施]', '[完成情况]']],
    ['labels in brackets', ['【督察反馈问题】', '【工作措施】', '【整改进度】']],
  ])('%s', (_, [problem = '', measures = '', status = '']) => {
    const one = (title: string, done: string, state: string): string =>
      `${problem}${title}\n${measures}${done}\n${status}${state}`;
    const records = [one('库房管理不严。', '更换门禁。', '已完成'), one('查阅等候时间长。', '增设窗口。', '尚未完成')];
    expect(findingsOf(`${NOTICE}${records.join('\n')}\n区档案馆党组\n2023年12月1日`)).toEqual([
      '库房管理不严 [completed] 更换门禁。 >',
      '查阅等候时间长 [ongoing] 增设窗口。 >',
    ]);
  });

  it('a mark alone in its line is named by the sentence below it', () => {
    expect(
      findingsOf(`${NOTICE}整改事项（1）
库房管理不严。
整改措施：更换门禁。
整改事项（2）
查阅等候时间长。
整改措施：增设窗口。`),
    ).toEqual(['1 库房管理不严 [unstated] 更换门禁。 >', '2 查阅等候时间长 [unstated] 增设窗口。 >']);
  });
});

describe('prose', () => {
  it('with several problems in one paragraph is several findings', () => {
    expect(
      findingsOf(`${NOTICE}（一）在馆务管理方面
馆党组针对“库房管理不严”问题，更换门禁3处。针对“值班记录不全”问题，补记记录。每月核查一次。
（二）在服务方面
针对查阅等候时间长的问题，增设窗口2个。针对收费公示不全的问题，重新公示收费。`),
    ).toEqual([
      '（一） 库房管理不严 [unstated] 更换门禁3处。 >',
      '（一） 值班记录不全 [unstated] 补记记录。 / 每月核查一次。 >',
      '（二） 查阅等候时间长 [unstated] 增设窗口2个。 >',
      '（二） 收费公示不全 [unstated] 重新公示收费。 >',
    ]);
  });

  it('may name the problem in its second sentence', () => {
    expect(
      findingsOf(`${NOTICE}一、强化管理，推动馆务规范运行
1.完善保管机制。针对库房管理不严的问题，更换门禁3处。每日巡查。
2.压实值班责任。针对值班记录不全的问题，补记值班记录。`),
    ).toEqual([
      '一 1 库房管理不严 [unstated] 更换门禁3处。 / 每日巡查。 >',
      '一 2 值班记录不全 [unstated] 补记值班记录。 >',
    ]);
  });

  it('about what came of the whole is no finding; opinions are', () => {
    expect(
      findingsOf(`${NOTICE}一、审议意见办理情况
（一）关于“加大查阅服务力度”的意见
已落实。增设窗口2个。
二、整改工作成效
（一）服务水平进一步提高。群众更加满意。`),
    ).toEqual(['一 （一） 加大查阅服务力度 [completed] 增设窗口2个。 >']);
  });

  it('that reports what was found heads findings where nothing else does', () => {
    expect(
      findingsOf(`${NOTICE}巡察指出，库房管理松散。馆党组更换门禁3处。
巡察指出，查阅等候时间长。馆党组增设窗口2个。`),
    ).toEqual(['库房管理松散 [unstated] 馆党组更换门禁3处。 >', '查阅等候时间长 [unstated] 馆党组增设窗口2个。 >']);
  });

  it('that counts the problems of one finding gives it several titles', () => {
    expect(
      findingsOf(`${NOTICE}（一）馆务管理方面
存在2个问题：一是库房管理松散；二是值班记录不全。
整改情况：更换门禁3处。补记记录。
（二）服务方面
存在1个问题：一是查阅等候时间长。
整改情况：增设窗口2个。`),
    ).toEqual([
      '（一） 库房管理松散 + 值班记录不全 [unstated] 更换门禁3处。 / 补记记录。 >',
      '（二） 查阅等候时间长 [unstated] 增设窗口2个。 >',
    ]);
  });

  it('below the signature belongs to no finding', () => {
    expect(
      findingsOf(`${NOTICE}（一）库房管理松散的问题
更换门禁。
馆党组将以此为新起点，持续规范管理。
区档案馆党组
2023年12月1日
【责任编辑：小林】
友情链接：区政府门户网站`),
    ).toEqual(['（一） 库房管理松散 [unstated] 更换门禁。 >']);
  });
});

describe('brackets and labels in a paragraph', () => {
  it('a bracket after each of several measures speaks of that measure', () => {
    const [finding] = extract(
      rules,
      viewOf(
        `${NOTICE}（一）库房管理不严
1.更换门禁（责任科室：保管科，2023年8月底前完成，已完成）；
2.每日巡查（责任科室：办公室，长期坚持，持续推进）。`,
        rules,
      ),
    ).findings;
    expect(finding?.measures.map(({ text, status, deadline }) => [text, status, deadline])).toEqual([
      ['更换门禁', 'completed', '2023-08-31'],
      ['每日巡查', 'ongoing', undefined],
    ]);
    expect([finding?.status, finding?.deadline]).toEqual(['unstated', undefined]);
  });

  it('a bracket before the words of a heading is no part of it', () => {
    expect(
      findingsOf(`${NOTICE}问题1（责任领导：何文；责任科室：保管科）：库房管理不严。整改情况：更换门禁3处。
问题2（责任领导：何文；责任科室：办公室）：查阅等候时间长。整改情况：增设窗口2个。
【已完成】问题3：值班记录不全。补记值班记录。`),
    ).toEqual([
      '1 库房管理不严 [unstated] 更换门禁3处。 >',
      '2 查阅等候时间长 [unstated] 增设窗口2个。 >',
      '3 值班记录不全 [completed] 补记值班记录。 >',
    ]);
  });

  it('who and until when end with their sentence', () => {
    expect(
      findingsOf(`${NOTICE}1.关于库房管理不严的问题。责任领导：何文。整改时限：2023年12月底前。更换门禁3处。每日巡查。
2.关于查阅等候时间长的问题。▶整改措施：增设窗口。【整改成效】等候时间减半。`),
    ).toEqual([
      '1 库房管理不严 [unstated 2023-12-31] 更换门禁3处。 / 每日巡查。 >',
      '2 查阅等候时间长 [unstated] 增设窗口。 > 等候时间减半。',
    ]);
  });

  it('a status may follow the time limit', () => {
    expect(
      findingsOf(`${NOTICE}（1）“库房管理不严”。一是更换门禁；二是每日巡查。整改时限：2023年8月底前，已完成。责任人：何文。
（2）“查阅等候时间长”。一是增设窗口；二是推行预约。整改时限：立行立改，长期坚持。责任人：何文。`),
    ).toEqual([
      '（1） 库房管理不严 [completed 2023-08-31] 更换门禁； / 每日巡查。 >',
      '（2） 查阅等候时间长 [unstated] 增设窗口； / 推行预约。 >',
    ]);
  });

  it('the status of what a clause counts is not that of the finding', () => {
    expect(
      findingsOf(`${NOTICE}1.关于库房管理不严的问题。排查隐患47处，全部整改。
2.关于查阅等候时间长的问题。增设窗口2个，已整改到位。`),
    ).toEqual([
      '1 库房管理不严 [unstated] 排查隐患47处，全部整改。 >',
      '2 查阅等候时间长 [completed] 增设窗口2个，已整改到位。 >',
    ]);
  });

  it('a line without a number heads the list below it', () => {
    expect(
      findingsOf(`${NOTICE}馆务管理方面
①库房管理不严的问题
整改措施：更换门禁。
服务方面
①查阅等候时间长的问题
整改措施：增设窗口。`),
    ).toEqual(['① 库房管理不严 [unstated] 更换门禁。 >', '① 查阅等候时间长 [unstated] 增设窗口。 >']);
  });
});

describe('forms', () => {
  it.each([
    [
      'states behind ticks, terms parted by bars',
      `（一）库房管理松散。
我们的做法是：1）更换门禁。2）每日巡查。
达到效果：门禁全部恢复。
责任科室：办公室｜限期：2023年9月底｜进度：√ 已完成
（二）查阅等候时间长。
我们的做法是：1）增设窗口。
责任科室：利用科｜限期：2023年12月底前｜进度：× 按计划推进`,
      [
        '（一） 库房管理松散 [completed 2023-09-30] 更换门禁。 / 每日巡查。 > 门禁全部恢复。',
        '（二） 查阅等候时间长 [ongoing 2023-12-31] 增设窗口。 >',
      ],
    ],
    [
      'labels alone in their line, other articles below',
      `1.关于“库房管理松散”
主要做法
更换门禁。
责任部门
办公室
时限要求
2023年9月底前
目前进度
已完成
2.关于“查阅等候时间长”
主要做法
增设窗口。
时限要求
2023年12月底前
目前进度
转入长期坚持
有不同意见，请到档案馆203室反映。
区档案馆党组
2024年1月18日
◎ 相关文章
· 我馆举办开放日（2024-1-25）`,
      ['1 库房管理松散 [completed 2023-09-30] 更换门禁。 >', '2 查阅等候时间长 [longTerm 2023-12-31] 增设窗口。 >'],
    ],
    [
      'bullets of findings over bullets of measures',
      `现将主要问题的整改情况公布如下，请予监督，有关单位的整改情况另行公布，整改情况是：
馆务管理有差距
◇库房管理松散
√ 更换门禁。
√ 每日巡查。
取得成效：门禁全部恢复。
服务群众有落差
◇查阅等候时间长
√ 增设窗口。
√ 公开电话。
取得成效：等候时间缩短。`,
      [
        '库房管理松散 [unstated] 更换门禁。 / 每日巡查。 > 门禁全部恢复。',
        '查阅等候时间长 [unstated] 增设窗口。 / 公开电话。 > 等候时间缩短。',
      ],
    ],
    [
      'bullets that decorate a number, questions as labels, 甲、乙、',
      `▲问题1 库房管理松散
怎么改的：
甲、更换门禁。
乙、每日巡查。
改得如何：门禁全部恢复。
何时完成：2023年8月底前
改完没有：已完成
▲问题2 查阅等候时间长
怎么改的：
甲、增设窗口。
乙、公开电话。
改完没有：正在推进`,
      [
        '1 库房管理松散 [completed 2023-08-31] 更换门禁。 / 每日巡查。 > 门禁全部恢复。',
        '2 查阅等候时间长 [ongoing] 增设窗口。 / 公开电话。 >',
      ],
    ],
    [
      'steps, a bracket of labels at the end',
      `1、库房管理松散的问题。主要采取了以下措施，第一步，更换门禁；第二步，每日巡查；第三步，公开电话。（责任人：程某某，完成时间：2023年8月，已销号）`,
      ['1 库房管理松散 [completed 2023-08-31] 更换门禁； / 每日巡查； / 公开电话。 >'],
    ],
    [
      'a section of duties whose findings a label names',
      `一、政治责任方面
（一）反馈意见：库房管理松散。
整改情况：更换门禁。整改进度：基本完成。
二、队伍建设方面
（二）反馈意见：查阅等候时间长。
整改情况：增设窗口。整改进度：已完成。`,
      ['一 （一） 库房管理松散 [ongoing] 更换门禁。 >', '二 （二） 查阅等候时间长 [completed] 增设窗口。 >'],
    ],
    [
      'outer quotes that are single',
      `关于‘库房管理“只挂锁、不登记”’的问题。更换门禁。
办理结果：门禁全部恢复。该问题已办结。
关于‘查阅等候时间长’的问题。增设窗口。
办理结果：该问题尚未启动整改。`,
      ['库房管理“只挂锁、不登记” [completed] 更换门禁。 > 门禁全部恢复。', '查阅等候时间长 [notStarted] 增设窗口。 >'],
    ],
  ])('%s', (_, text, findings) => {
    expect(findingsOf(`${NOTICE}${text}`)).toEqual(findings);
  });
});

describe('tables', () => {
  it('of labels and values are read as text, whoever names the finding', () => {
    expect(
      findingsOf(`${NOTICE}一、馆务管理方面
（一）库房管理松散
整改措施\t1.更换门禁。2.每日巡查。\t整改时限\t2023年12月底前
整改成效\t门禁全部恢复。\t完成情况\t已完成
二、服务方面
问题\t查阅等候时间长\t责任科室\t办公室
整改措施\t增设窗口。
整改状态\t持续推进`),
    ).toEqual([
      '一 （一） 库房管理松散 [completed 2023-12-31] 更换门禁。 / 每日巡查。 > 门禁全部恢复。',
      '二 查阅等候时间长 [ongoing] 增设窗口。 >',
    ]);
  });

  it('name their fields in any few words, their number in one of its own', () => {
    expect(
      findingsOf(`${NOTICE}序号\t3
隐患描述\t库房管理松散
已采取措施\t更换门禁。
复查人\t某处
办理结果\t√ 已完成
最迟时间\t2023年9月底前`),
    ).toEqual(['3 库房管理松散 [completed 2023-09-30] 更换门禁。 >']);
  });

  it('make the headings above them sections, problem words or not', () => {
    expect(
      findingsOf(`${NOTICE}（一）上轮整改不到位
序号\t反馈问题\t整改措施\t整改状态
1\t库房管理不严\t更换门禁。\t已完成
2\t值班记录不全\t补记记录。\t正在推进`),
    ).toEqual(['（一） 1 库房管理不严 [completed] 更换门禁。 >', '（一） 2 值班记录不全 [ongoing] 补记记录。 >']);
  });

  it('go on without their heading, under rows that head others', () => {
    const cell = (table: number, row: number, column: number, columnSpan = 1) => ({
      table,
      row,
      column,
      rowSpan: 1,
      columnSpan,
    });
    const rows: readonly (readonly [number, number, readonly string[]])[] = [
      [0, 0, ['序号', '审计查出问题', '整改措施', '整改状态']],
      [0, 1, ['一、管理方面']],
      [0, 2, ['1', '库房管理松散', '更换门禁。', '已完成']],
      [1, 0, ['2', '值班记录不全', '补记记录。', '正在推进']],
      [1, 1, ['二、服务方面']],
      [1, 2, ['3', '查阅等候时间长', '增设窗口。', '已完成']],
    ];
    let text = '';
    const blocks = rows.flatMap(([table, row, cells]) =>
      cells.map((content, column) => {
        const start = text.length;
        text += `${content}${column === cells.length - 1 ? '\n' : '\t'}`;
        const place = cell(table, row, column, cells.length === 1 ? 4 : 1);
        return { kind: 'cell' as const, start, end: start + content.length, cell: place };
      }),
    );
    const found = extract(rules, viewOf(text, rules, { blocks })).findings;
    expect(found.map(({ section, number, titles, status }) => [section, number, titles[0], status].join(' '))).toEqual([
      '一 1 库房管理松散 completed',
      '一 2 值班记录不全 ongoing',
      '二 3 查阅等候时间长 completed',
    ]);
  });
});

describe('labels that only this notice has', () => {
  it('are learnt from how they come again, and told by what they say', () => {
    expect(
      findingsOf(`${NOTICE}〇 库房管理松散
［毛病］门禁坏了一半。
［药方］更换门禁3处。
［疗效］门禁全部恢复。
［主治］保管科 白新宇
［几时］2023年9月底前
［病历］已改好
〇 查阅等候时间长
［毛病］窗口只有1个。
［药方］增设窗口2个。
［疗效］等候时间减半。
［主治］利用科 钱丹
［几时］2023年10月底前
［病历］还在改`),
    ).toEqual([
      '库房管理松散 [completed 2023-09-30] 更换门禁3处。 > 门禁全部恢复。',
      '查阅等候时间长 [ongoing 2023-10-31] 增设窗口2个。 > 等候时间减半。',
    ]);
  });

  it('may be question and answer, or pledge and proof', () => {
    expect(
      findingsOf(`${NOTICE}问：库房为什么管理松散？
答：更换门禁3处。已完成整改。
问：查阅等候时间长，怎么办？
答：增设窗口2个。正在推进。`),
    ).toEqual(['库房为什么管理松散 [completed] 更换门禁3处。 >', '查阅等候时间长，怎么办 [ongoing] 增设窗口2个。 >']);
    expect(
      findingsOf(`${NOTICE}承诺事项：解决库房管理松散的问题。
兑现情况：更换门禁3处。已兑现。
承诺事项：解决查阅等候时间长的问题。
兑现情况：增设窗口2个。部分兑现。`),
    ).toEqual(['库房管理松散 [completed] 更换门禁3处。 >', '查阅等候时间长 [ongoing] 增设窗口2个。 >']);
  });

  it('are not words before a colon that come again by chance', () => {
    expect(
      findingsOf(`${NOTICE}1.关于库房管理松散的问题。
整改措施：更换门禁3处。
会议强调：每日巡查。
2.关于查阅等候时间长的问题。
整改措施：增设窗口2个。
3.关于目录不全的问题。
整改措施：补编目录。
会议强调：按月核对。
4.关于消防器材过期的问题。
整改措施：更换器材。`),
    ).toContain('1 库房管理松散 [unstated] 更换门禁3处。 / 会议强调：每日巡查。 >');
  });
});

describe('an excerpt', () => {
  it('may begin with its finding', () => {
    expect(
      findingsOf(`关于“库房管理松散”的问题
整改措施：一是更换门禁；二是每日巡查。
整改状态：已完成`),
    ).toEqual(['库房管理松散 [completed] 更换门禁； / 每日巡查。 >']);
  });
});

describe('lists that stand apart', () => {
  it('are linked by their numbers', () => {
    expect(
      findingsOf(`${NOTICE}一、问题清单
（一）馆务管理方面
1.库房管理松散。
2.值班记录不全。
（二）服务方面
1.查阅等候时间长。
二、整改清单
（一）馆务管理方面
1.更换门禁3处。已完成整改。
2.补记值班记录。
（二）服务方面
1.增设窗口2个。正在推进。
三、下一步打算
1.继续抓好整改。`),
    ).toEqual([
      '（一） 1 库房管理松散 [completed] 更换门禁3处。 >',
      '（一） 2 值班记录不全 [unstated] 补记值班记录。 >',
      '（二） 1 查阅等候时间长 [ongoing] 增设窗口2个。 >',
    ]);
    expect(
      findingsOf(`${NOTICE}反馈意见指出2个问题：
1.库房管理松散。
2.查阅等候时间长。
对以上问题，馆党组逐条整改：
1.更换门禁3处。
2.增设窗口2个。`),
    ).toEqual(['1 库房管理松散 [unstated] 更换门禁3处。 >', '2 查阅等候时间长 [unstated] 增设窗口2个。 >']);
    expect(
      findingsOf(`${NOTICE}存在问题
一、库房管理松散。门禁坏了一半。
二、查阅等候时间长。窗口只有1个。
整改措施
针对问题一，更换门禁3处。
针对问题二，增设窗口2个。`),
    ).toEqual(['一 库房管理松散 [unstated] 更换门禁3处。 >', '二 查阅等候时间长 [unstated] 增设窗口2个。 >']);
  });
});

describe('headings that group findings', () => {
  it('by how far they have come give them their status', () => {
    expect(
      findingsOf(`${NOTICE}【已办结】
1.库房管理松散。更换门禁3处。
【办理中】
2.查阅等候时间长。增设窗口2个。`),
    ).toEqual(['1 库房管理松散 [completed] 更换门禁3处。 >', '2 查阅等候时间长 [ongoing] 增设窗口2个。 >']);
    expect(
      findingsOf(`${NOTICE}一、已完成整改的问题（1个）
1.库房管理松散。更换门禁3处。
二、正在推进的问题（1个）
2.查阅等候时间长。增设窗口2个。`),
    ).toEqual(['一 1 库房管理松散 [completed] 更换门禁3处。 >', '二 2 查阅等候时间长 [ongoing] 增设窗口2个。 >']);
  });

  it('may be persons, whose findings they are', () => {
    const text = `${NOTICE}馆长　白新宇
承诺事项：解决库房管理松散的问题。
兑现情况：更换门禁3处。
副馆长　钱丹
承诺事项：解决查阅等候时间长的问题。
兑现情况：增设窗口2个。`;
    const { findings, responsibles } = extract(rules, viewOf(text, rules));
    expect(findings.map((finding) => finding.responsibles)).toEqual([['白新宇'], ['钱丹']]);
    expect(responsibles.map(({ name, roles }) => [name, ...roles])).toEqual([
      ['白新宇', '馆长'],
      ['钱丹', '副馆长'],
    ]);
  });
});

describe('lines of dots', () => {
  it.each([
    ['………………', '……………'],
    ['.........', '..............'],
    ['________', '____________'],
    [' ・・・・・・ ', '・・・・・・・・'],
  ])('lead from a label to what it says: %s', (first, second) => {
    const text = `${NOTICE}（1）库房门禁失灵
承诺：三个月内换好门禁。今后每月检修。
见效：12月更换门禁3处。
责任人${first}白新宇
办理进度${second}已办结
（2）查阅等候时间长
承诺：增设窗口。
见效：等候时间降到8分钟。
责任人${first}钱丹
办理进度${second}还在办，2024年4月底前完成`;
    expect(findingsOf(text)).toEqual([
      '（1） 库房门禁失灵 [completed] 三个月内换好门禁。 / 今后每月检修。 > 12月更换门禁3处。',
      '（2） 查阅等候时间长 [ongoing 2024-04-30] 增设窗口。 > 等候时间降到8分钟。',
    ]);
    const { findings } = extract(rules, viewOf(text, rules));
    expect(findings.map(({ responsibles }) => responsibles.join())).toEqual(['白新宇', '钱丹']);
  });
});

describe('what follows the last finding', () => {
  it('is none of it where each finding is a paragraph', () => {
    const found = findingsOf(`${NOTICE}针对库房门禁失灵的问题，更换门禁3处。该问题已完成整改。
针对查阅等候时间长的问题，增设窗口2个。该问题已完成整改。
针对值班登记不全的问题，补记登记簿。该问题正在整改。
集中整改期间，全馆修订制度4项。
档案馆的短板还没有补齐，要一件一件往前推。读者发现窗口服务不好的，可拨0000-1234567。`);
    expect(found.at(-1)).toBe('值班登记不全 [ongoing] 补记登记簿。 >');
  });

  it('is part of it where others go on as well', () => {
    const found = findingsOf(`${NOTICE}针对库房门禁失灵的问题，更换门禁3处。
每月检修一次。
针对查阅等候时间长的问题，增设窗口2个。
针对值班登记不全的问题，补记登记簿。
每周抽查一次。`);
    expect(found.at(-1)).toBe('值班登记不全 [unstated] 补记登记簿。 / 每周抽查一次。 >');
  });
});

describe('items of a list that have labels of their own', () => {
  it('are headings, the label is theirs', () => {
    expect(
      findingsOf(`${NOTICE}1.关于“馆务管理不严”方面的问题
（1）库房管理松散
整改情况：一是更换门禁；二是每日巡查。
完成情况：已完成。
（3）值班记录不全
整改情况：补记值班记录。
完成情况：正在推进，2023年12月底前完成。
2.关于“服务不到位”方面的问题
（1）查阅等候时间长
整改情况：增设窗口2个。`),
    ).toEqual([
      '1 （1） 库房管理松散 [completed] 更换门禁； / 每日巡查。 >',
      '1 （3） 值班记录不全 [ongoing 2023-12-31] 补记值班记录。 >',
      '2 （1） 查阅等候时间长 [unstated] 增设窗口2个。 >',
    ]);
  });
});

describe('a list of whose each problem is', () => {
  it('belongs to the findings that it counts', () => {
    const text = `${NOTICE}一、巡察反馈问题整改情况
问题1：库房管理松散。
整改措施：更换门禁3处。
问题2：查阅等候时间长。
整改措施：增设窗口2个。
二、整改责任清单
问题1：责任领导白新宇，责任股室保管股，完成时限2023年9月底。
问题2：责任领导钱丹，责任股室利用股，完成时限2023年10月底。`;
    const { findings } = extract(rules, viewOf(text, rules));
    expect(findings.map(({ number, deadline, responsibles }) => [number, deadline, ...responsibles])).toEqual([
      ['1', '2023-09-30', '白新宇', '保管股'],
      ['2', '2023-10-31', '钱丹', '利用股'],
    ]);
  });
});

describe('questions of readers', () => {
  it('name the problem that they quote, and none below what is to come', () => {
    expect(
      findingsOf(`${NOTICE}馆务管理
1.问：巡察指出的“库房管理松散”问题改了吗？
答：改了，已完成。更换门禁3处。责任科室是保管股。
2.问：听说“查阅等候时间长”问题也在整改之列？
答：是的，正在整改。增设窗口2个。责任科室是利用股。
下一步
问：后面怎么保证不反弹？
答：馆党组将紧盯不放。`),
    ).toEqual(['1 库房管理松散 [completed] 更换门禁3处。 >', '2 查阅等候时间长 [ongoing] 增设窗口2个。 >']);
  });
});

describe('merged cells', () => {
  it('say of each row beside them who answers, until when and how far it is', () => {
    const text = `${NOTICE}反馈问题\t整改措施\t责任人\t完成时限
库房门禁失灵\t更换门禁3处。\t白新宇\t2023年8月底
值班登记不全\t补记登记簿。
查阅等候时间长\t增设窗口2个。\t钱丹\t2024年3月底`;
    const { blocks } = documentOf(text);
    const merged = blocks.map((block) => {
      const { cell } = block;
      const isShared = cell !== undefined && cell.column > 1 && text.slice(0, block.start).endsWith('处。\t');
      return cell !== undefined && (isShared || text.slice(block.start, block.end) === '2023年8月底')
        ? { ...block, cell: { ...cell, rowSpan: 2 } }
        : block;
    });
    const { findings } = extract(rules, viewOf(text, rules, { blocks: merged }));
    expect(findings.map(({ responsibles, deadline }) => [...responsibles, deadline])).toEqual([
      ['白新宇', '2023-08-31'],
      ['白新宇', '2023-08-31'],
      ['钱丹', '2024-03-31'],
    ]);
  });
});

describe('a status before what was done', () => {
  it.each([
    ['【已完成】', '【正在推进】'],
    ['〔已完成〕', '〔正在推进〕'],
    ['（已完成）', '（正在推进）'],
    ['★已完成★', '★正在推进★'],
  ])('stands in brackets or between signs: %s', (first, second) => {
    expect(
      findingsOf(`${NOTICE}一、馆务管理
1.库房温湿度记录不全
${first}更换记录仪12台，每班登记。
2.查阅大厅值守不到位
${second}重排值守班次。`),
    ).toEqual([
      '一 1 库房温湿度记录不全 [completed] 更换记录仪12台，每班登记。 >',
      '一 2 查阅大厅值守不到位 [ongoing] 重排值守班次。 >',
    ]);
  });
});

describe('the author of a report in the first person', () => {
  it('answers for the whole', () => {
    const report = (who: string): string => `临川县档案局党组关于民主生活会查摆问题整改情况的报告
${who}
会后，我主持召开党组会，班子成员各领一摊，我负总责。
1.查摆问题：库房管理松散。
整改情况：换了3处门禁。已完成。`;
    const namesIn = (who: string): readonly string[] =>
      extract(rules, viewOf(report(who), rules)).responsibles.map(({ name, roles }) => [name, ...roles].join(' '));
    expect(namesIn('县档案局局长　高文')).toEqual(['高文 县档案局局长']);
    expect(namesIn('报告人：党组书记、局长　高文')).toEqual(['高文 党组书记 局长']);
  });
});

describe('a section with one problem that has no number', () => {
  it('holds it as a finding beside the numbered ones of others', () => {
    const done = (what: string): string => `（1）${what}3次。（2）印发办法1份。\n完成情况：已完成，长期坚持。`;
    expect(
      findingsOf(`${NOTICE}一、整改情况
（一）馆务管理方面
1.库房管理不严。（责任领导：苗立本）
${done('清点库房')}
2.查阅登记不全。（责任领导：苗立本）
${done('抽查登记')}
（二）安全管理方面
上轮反馈的消防隐患未清零，喷淋设施至今未验收。（责任领导：苗立本；完成时限：2023年12月底）
${done('会商消防部门')}`),
    ).toEqual([
      '（一） 1 库房管理不严 [completed] 清点库房3次。 / 印发办法1份。 >',
      '（一） 2 查阅登记不全 [completed] 抽查登记3次。 / 印发办法1份。 >',
      '（二） 上轮反馈的消防隐患未清零，喷淋设施至今未验收 [completed 2023-12-31] 会商消防部门3次。 / 印发办法1份。 >',
    ]);
  });

  it('a decimal after a label is no mark', () => {
    expect(
      findingsOf(`${NOTICE}1.关于积水未清的问题。
整改措施：1.抽排。2.清淤。
整改成效：3.2万吨积水已排空。`),
    ).toEqual(['1 积水未清 [unstated] 抽排。 / 清淤。 > 3.2万吨积水已排空。']);
  });
});

describe('a status', () => {
  it('may say how it goes on, and is no measure', () => {
    expect(
      findingsOf(`${NOTICE}1.关于积水未清的问题。一是抽排积水。二是清理沟渠12条。已完成整改，并持续抓好日常巡查工作。
2.关于路灯不亮的问题。一是更换灯具3盏。该问题已完成整改，下一步将长期坚持。`),
    ).toEqual(['1 积水未清 [completed] 抽排积水。 / 清理沟渠12条。 >', '2 路灯不亮 [completed] 更换灯具3盏。 >']);
  });
});

describe('what only this notice has', () => {
  it('may count its findings by a word of its own', () => {
    expect(
      findingsOf(`${NOTICE}账单一：库房门禁坏了一半
欠账：12处门禁失灵，无人过问。
还账：更换门禁3处。
账主：馆长白新宇；保管股
账单二：查阅等候时间长
欠账：窗口不足，等候时间过长。
还账：增设窗口2个。
账主：副馆长钱丹；利用股`),
    ).toEqual(['一 库房门禁坏了一半 [unstated] 更换门禁3处。 >', '二 查阅等候时间长 [unstated] 增设窗口2个。 >']);
  });

  it('may end the labels of each finding with full stops', () => {
    expect(
      findingsOf(`${NOTICE}一、库房门禁失灵问题
（一）反馈情况。门禁坏了一半。
（二）整改目标。门禁全部恢复，2023年9月底前完成。
（三）整改措施。一是更换门禁；二是每日巡查。
（四）完成情况。已完成整改并通过市级验收。
（五）责任单位及责任人。保管股　股长白新宇。
二、查阅等候时间长问题
（一）反馈情况。窗口只有1个。
（二）整改目标。等候时间减半。
（三）整改措施。增设窗口2个。
（四）完成情况。窗口已启用。
（五）责任单位及责任人。利用股　股长钱丹。`),
    ).toEqual([
      '一 库房门禁失灵 [completed 2023-09-30] 更换门禁； / 每日巡查。 >',
      '二 查阅等候时间长 [unstated] 增设窗口2个。 > 窗口已启用。',
    ]);
  });

  it('may be items that each say who, until when and how far', () => {
    expect(
      findingsOf(`${NOTICE}一是学习“走马观花”。制定学习计划。完成时间：2023年12月。责任人：白新宇。整改结果：已完成。
二是联系读者“蜻蜓点水”。每月走访1次。完成时间：2024年3月。责任人：钱丹。整改结果：持续推进。`),
    ).toEqual([
      '一 学习“走马观花” [completed 2023-12-31] 制定学习计划。 >',
      '二 联系读者“蜻蜓点水” [ongoing 2024-03-31] 每月走访1次。 >',
    ]);
  });
});

describe('tables whose columns no rule knows', () => {
  const rows = [
    ['护理费收多了', '取消自动计费。', '退回7.82万元。', '温如玉', '2023年6月底', '改完了'],
    ['耗材账实不符', '全面盘点。按月对账。', '退回4.75万元。', '申屠朗', '2023年11月底', '还在改'],
    ['饮片名称串换', '统一编码。', '退回2.8万元。', '杜仲平', '2023年6月底', '改完了'],
  ];
  const table = (head: readonly string[], columns = [0, 1, 2, 3, 4, 5]): string =>
    [head, ...rows.map((row) => columns.map((at) => row[at]))].map((cells) => cells.join('\t')).join('\n');

  it.each([
    [['毛病', '药方', '疗效', '主治', '哪天改好', '好了没有']],
    [['哪里不对', '怎么改', '改得怎样', '谁来办', '何时改完', '改完没有']],
    [['检查点到的', '动作', '变化', '包干', '节点', '到哪步了']],
  ])('are read by what stands below them: %s', (head) => {
    const { findings } = extract(rules, viewOf(NOTICE + table(head), rules));
    expect(
      findings.map(({ titles, status, deadline, responsibles, measures, outcomes }) =>
        [...titles, status, deadline, ...responsibles, measures.length, outcomes.length].join(' '),
      ),
    ).toEqual([
      '护理费收多了 completed 2023-06-30 温如玉 1 1',
      '耗材账实不符 ongoing 2023-11-30 申屠朗 2 1',
      '饮片名称串换 completed 2023-06-30 杜仲平 1 1',
    ]);
  });

  it('hold findings where they tell what was done, by whom and until when', () => {
    const head = ['事由', '动作', '谁来办', '何时改完'];
    expect(findingsOf(NOTICE + table(head, [0, 1, 3, 4]))[1]).toBe(
      '耗材账实不符 [unstated 2023-11-30] 全面盘点。 / 按月对账。 >',
    );
  });

  it('are none of findings beside findings in the text, nor without what was done', () => {
    const lists =
      '名称\t主要内容\t起草\t印发\n护理收费办法\t规定护理收费录入和复核的程序。\t护理部\t2023年6月\n耗材办法\t规定耗材盘点和对账的频次。\t设备科\t2023年7月';
    expect(findingsOf(NOTICE + lists)).toEqual([]);
    expect(
      findingsOf(`${NOTICE}1.关于护理费收多了的问题。取消自动计费。
2.关于耗材账实不符的问题。全面盘点。
${table(['项目', '动作', '变化', '经手', '日期', '备注'])}`),
    ).toHaveLength(2);
  });
});

describe('who answers, until when and how far, without labels', () => {
  const told = (text: string): readonly string[] =>
    extract(rules, viewOf(text, rules)).findings.map(({ titles, status, deadline, responsibles, measures }) =>
      [...titles, status, deadline, ...responsibles, ...measures.map((measure) => measure.text)].join(' '),
    );

  it.each([
    ['【保管科；白新宇；9月底前；已销号】', '【查阅科；钱丹；2024年3月底前；推进中】'],
    ['（保管科、白新宇，9月底前完成，已销号）', '（查阅科、钱丹，2024年3月底前完成，推进中）'],
    ['〔保管科｜白新宇｜9月底前｜√〕', '〔查阅科｜钱丹｜2024年3月底前｜×〕'],
    ['\n◎ 保管科、白新宇　9月底前　√', '\n◎ 查阅科、钱丹　2024年3月底前　×'],
  ])('stand in a bracket or a line: %s', (first, second) => {
    expect(
      told(`${NOTICE}1、库房门禁失灵无人修。更换门禁3处${first}
2、查阅等候时间长，排队没人管。增设窗口2个${second}`),
    ).toEqual([
      '库房门禁失灵无人修 completed 2023-09-30 保管科 白新宇 更换门禁3处',
      '查阅等候时间长，排队没人管 ongoing 2024-03-31 查阅科 钱丹 增设窗口2个',
    ]);
  });

  it('are not what a bracket says of a paper or a visit', () => {
    expect(
      told(`${NOTICE}1.关于库房门禁失灵的问题。印发办法（保管科，2023年6月印发）并组织培训。
2.关于查阅等候时间长的问题。走访读者（钱丹、白新宇带队，9月5日）12人。`),
    ).toEqual([
      '库房门禁失灵 unstated  印发办法（保管科，2023年6月印发）并组织培训。',
      '查阅等候时间长 unstated  走访读者（钱丹、白新宇带队，9月5日）12人。',
    ]);
  });
});

describe('labels before a gap', () => {
  it('are learnt from how they come again', () => {
    expect(
      findingsOf(`${NOTICE}第1项　库房门禁失灵，无人修
　　我们怎么办　更换门禁3处，每月检修
　　责任科室　保管科
　　到哪一步了　已销号
第2项　查阅等候时间长
　　我们怎么办　增设窗口2个
　　责任科室　查阅科
　　到哪一步了　正在推进`),
    ).toEqual([
      '1 库房门禁失灵，无人修 [completed] 更换门禁3处，每月检修 >',
      '2 查阅等候时间长 [ongoing] 增设窗口2个 >',
    ]);
  });
});

describe('arrows', () => {
  it('stand before labels, and 问题之一 counts', () => {
    expect(
      findingsOf(`${NOTICE}■ 问题之一：库房管理松散
→ 具体整改：（1）拨付门禁资金3万元。（2）每日巡查。
→ 责任到人：白新宇、保管股
→ 当前进展：已完成
■ 问题之二：查阅等候时间长
→ 具体整改：增设窗口2个。
→ 责任到人：钱丹
→ 当前进展：持续推进`),
    ).toEqual([
      '一 库房管理松散 [completed] 拨付门禁资金3万元。 / 每日巡查。 >',
      '二 查阅等候时间长 [ongoing] 增设窗口2个。 >',
    ]);
  });
});

describe('a remark above the first part', () => {
  it('holds no part, and 第1条 alone in its line is a mark', () => {
    expect(
      findingsOf(`${NOTICE}说明：本清单所列问题以党组会审定的为准，落实情况截至2023年10月底。
一、履行政治责任方面
第1条
查摆问题：学习重领学轻研讨
整改措施：1.每次安排两人发言。2.把研讨情况纳入考核。
落实情况：中心组学习6次。已完成。
二、服务群众方面
第2条
查摆问题：查阅等候时间长
整改措施：增设窗口2个。
落实情况：延期整改。`),
    ).toEqual([
      '一 1 学习重领学轻研讨 [completed] 每次安排两人发言。 / 把研讨情况纳入考核。 > 中心组学习6次。',
      '二 2 查阅等候时间长 [ongoing] 增设窗口2个。 >',
    ]);
  });
});

describe('offices and their heads over the findings', () => {
  it('answer for them', () => {
    const text = `${NOTICE}（一）战略投资部（部长罗启航）认领2个
1.关于后评价缺位的问题。已完成。
2.关于只投不管的问题。正在推进。
（二）物资采购部（部长高文）认领1个
3.关于名录多年不更新的问题。已完成。`;
    expect(extract(rules, viewOf(text, rules)).findings.map(({ responsibles }) => responsibles.join('、'))).toEqual([
      '战略投资部、罗启航',
      '战略投资部、罗启航',
      '物资采购部、高文',
    ]);
  });
});
