import { describe, expect, it } from 'vitest';
import type { Figure } from '../../src/model.js';
import { figuresOf, summary, viewOf } from './figures-of.js';

/** A sentence, and each figure that a metric claims as `metric value [scope]`; scope is headline where none is given. */
type Row = readonly [text: string, ...figures: string[]];

const problems: readonly Row[] = [
  ['巡察组反馈了5个方面23个具体问题。', 'aspects.total 5', 'problems.total 23'],
  ['县委第二巡察组指出我局三个方面十七个问题。', 'aspects.total 3', 'problems.total 17'],
  ['反馈意见指出4方面31项突出问题。', 'aspects.total 4', 'problems.total 31'],
  ['反馈问题涉及党的建设、选人用人、作风建设等3个方面，共28个问题。', 'aspects.total 3', 'problems.total 28'],
  ['共反馈6大类35个问题。', 'aspects.total 6', 'problems.total 35'],
  ['指出4个方面12类39条具体问题。', 'aspects.total 4', 'problems.total 39'],
  ['巡视反馈的７个方面５２项问题已建立台账。', 'aspects.total 7', 'problems.total 52'],
  ['督察组交办12项问题。', 'problems.total 12'],
  ['审计报告指出问题19项。', 'problems.total 19'],
  ['审计查出主要问题共9个。', 'problems.total 9'],
  ['对照反馈意见梳理出具体问题33条。', 'problems.total 33'],
  ['班子检视问题16个。', 'problems.total 16'],
  ['查摆突出问题二十一条。', 'problems.total 21'],
  ['巡察反馈问题：27个。', 'problems.total 27'],
  ['涉及我镇的问题共11个。', 'problems.total 11'],
  ['逐条认领反馈的20个问题。', 'problems.total 20'],
  ['反馈的14个突出问题均已整改到位。', 'problems.total 14', 'problems.completed 14'],
  ['4个问题全部完成。', 'problems.total 4', 'problems.completed 4'],
  ['反馈问题8个，已全部完成整改。', 'problems.total 8', 'problems.completed 8'],
  ['13个具体问题已全部销号。', 'problems.total 13', 'problems.completed 13'],
  ['52个问题已完成整改50个，整改完成率96.2%。', 'problems.total 52', 'problems.completed 50', 'problems.rate 96.2'],
  ['29项问题，已整改完成26项，正在整改3项。', 'problems.total 29', 'problems.completed 26', 'problems.ongoing 3'],
  ['33个问题中，30个已完成整改，3个正在推进。', 'problems.total 33', 'problems.completed 30', 'problems.ongoing 3'],
  ['31个问题已办结28个，基本办结3个。', 'problems.total 31', 'problems.completed 28', 'problems.ongoing 3'],
  ['整改问题40个，其余5个问题持续推进。', 'problems.completed 40', 'problems.ongoing 5'],
  ['完成问题整改38个，剩余2个问题正在有序推进。', 'problems.completed 38', 'problems.ongoing 2'],
  ['38个问题已完成整改。', 'problems.completed 38'],
  ['已销号问题22个，未销号问题3个。', 'problems.completed 22', 'problems.unfinished 3'],
  [
    '反馈的30个问题已整改到位28个，尚有2个未完成。',
    'problems.total 30',
    'problems.completed 28',
    'problems.unfinished 2',
  ],
  [
    '15个问题中，完成12个，阶段性完成2个，长期坚持1个。',
    'problems.total 15',
    'problems.completed 12',
    'problems.ongoing 2',
    'problems.longTerm 1',
  ],
  ['18个问题已完成整改15个，需长期坚持3个。', 'problems.total 18', 'problems.completed 15', 'problems.longTerm 3'],
  ['其中长期整改的问题4个。', 'problems.longTerm 4 part'],
  ['2个问题需要长期坚持，已纳入日常工作。', 'problems.longTerm 2'],
  ['对持续整改的3个问题紧盯不放。', 'problems.ongoing 3'],
  ['尚未完成整改的1个问题已申请延期。', 'problems.unfinished 1'],
  ['19个问题已销号17个，销号率89.5%。', 'problems.total 19', 'problems.completed 17', 'problems.rate 89.5'],
  ['25个问题已整改到位24个，占96%。', 'problems.total 25', 'problems.completed 24', 'problems.rate 96'],
  ['已整改问题24个，占问题总数的百分之九十六。', 'problems.completed 24', 'problems.rate 96'],
  ['问题整改率达100％。', 'problems.rate 100'],
  ['问题办结率为98.71%。', 'problems.rate 98.71'],
  ['整改完成率近95%。', 'problems.rate 95'],
  ['反馈问题36个，立行立改12个，已完成整改30个。', 'problems.total 36', 'problems.completed 30'],
  ['发现问题9个，已整改9个。', 'problems.total 9', 'problems.completed 9'],
  ['专项检查发现食堂管理问题6个，现已整改6个。', 'problems.total 6', 'problems.completed 6'],
  [
    '梳理出21个问题，制定整改措施64项，已完成整改19个，正在推进2个。',
    'problems.total 21',
    'measures.total 64',
    'problems.completed 19',
    'problems.ongoing 2',
  ],
  [
    '巡察反馈问题44个。截至10月底，已完成40个，正在推进4个，完成率90.9%。',
    'problems.total 44',
    'problems.completed 40',
    'problems.ongoing 4',
    'problems.rate 90.9',
  ],
  [
    '巡察反馈问题44个。\n截至10月底，已完成40个，正在推进4个。',
    'problems.total 44',
    'problems.completed 40',
    'problems.ongoing 4',
  ],
  ['（二）审计发现的5个问题', 'problems.total 5'],
  [
    '反馈的4个方面42个问题，已完成整改39个，基本完成2个，需长期坚持1个，整改完成率92.86%。',
    'aspects.total 4',
    'problems.total 42',
    'problems.completed 39',
    'problems.ongoing 2',
    'problems.longTerm 1',
    'problems.rate 92.86',
  ],
  [
    '反馈的3个方面11类29个具体问题,已整改完成26个,其余3个正在整改推进中。',
    'aspects.total 3',
    'problems.total 29',
    'problems.completed 26',
    'problems.ongoing 3',
  ],
  ['44个问题中，有40个完成整改，4个正在整改。', 'problems.total 44', 'problems.completed 40', 'problems.ongoing 4'],
  [
    '目前已完成整改39个，占总数的92.9%，正在推进3个，占7.1%。',
    'problems.completed 39',
    'problems.rate 92.9',
    'problems.ongoing 3',
  ],
  ['86个问题已完成84个，2个正在按时序推进。', 'problems.total 86', 'problems.completed 84', 'problems.ongoing 2'],
  [
    '31个问题已整改完成27个，另有4个问题需持续推进。',
    'problems.total 31',
    'problems.completed 27',
    'problems.ongoing 4',
  ],
  ['巡察反馈3个方面问题共18个。', 'aspects.total 3', 'problems.total 18'],
  ['反馈的问题，共计18个。', 'problems.total 18'],
  ['应整改问题44个，已整改40个。', 'problems.total 44', 'problems.completed 40'],
  ['应整改44个，已整改40个，整改率90.9%。', 'problems.total 44', 'problems.completed 40', 'problems.rate 90.9'],
  [
    '反馈问题44个，其中，已完成40个；正在推进4个。',
    'problems.total 44',
    'problems.completed 40 part',
    'problems.ongoing 4 part',
  ],
  [
    '（一）问题总数：44个；（二）已完成：40个；（三）正在推进：4个。',
    'problems.total 44',
    'problems.completed 40',
    'problems.ongoing 4',
  ],
  ['仍有2个问题因历史原因暂未完成整改。', 'problems.unfinished 2'],
  ['44个问题已销号40个、未销号4个。', 'problems.total 44', 'problems.completed 40', 'problems.unfinished 4'],
  ['54个问题全部整改到位，整改完成率100%。', 'problems.total 54', 'problems.completed 54', 'problems.rate 100'],
  ['整改问题20项左右。', 'problems.completed 20'],
  ['已完成30个问题的整改。', 'problems.completed 30'],
  ['已整改完毕40个，取得阶段性成效4个。', 'problems.completed 40', 'problems.ongoing 4'],
  ['整改金额1180.22万元，整改率94.09%。'],
  ['形成问题清单3张、移交问题线索2件。'],
  ['反馈党的领导弱化、党建责任虚化等方面问题199条，已整改192条。', 'problems.total 199', 'problems.completed 192'],
  ['指出各地90个生态环境领域突出问题。', 'problems.total 90'],
  ['申请延期整改问题18个，占3.82%。', 'problems.ongoing 18'],
  ['反馈3个大方面26个大项的问题。', 'aspects.total 3', 'problems.total 26'],
  ['4大类16个方面22个问题全部整改到位。', 'aspects.total 16', 'problems.total 22', 'problems.completed 22'],
  ['领办整改问题16个。'],
  [
    '反馈问题整改已完成35个（92.1%），正在推进3个（7.9%）。',
    'problems.completed 35',
    'problems.rate 92.1',
    'problems.ongoing 3',
  ],
  [
    '已整改35个，占比92.1%；未整改3个，占比7.9%。',
    'problems.completed 35',
    'problems.rate 92.1',
    'problems.unfinished 3',
  ],
  [
    '37个问题，其中立行立改问题12个、限期整改问题20个、长期整改问题5个。',
    'problems.total 37',
    'problems.longTerm 5 part',
  ],
  ['38个反馈问题已基本整改到位。', 'problems.ongoing 38'],
  ['反馈的问题共有四个方面十九个，现已完成十七个。', 'aspects.total 4', 'problems.total 19', 'problems.completed 17'],
  ['检视问题清单18项，已整改16项。', 'problems.total 18', 'problems.completed 16'],
  ['发现问题23个，整改23个。', 'problems.total 23', 'problems.completed 23'],
  ['发现并整改问题31个。', 'problems.total 31', 'problems.completed 31'],
  ['对已完成整改的40个问题开展“回头看”。', 'problems.completed 40'],
];

const measures: readonly Row[] = [
  ['制定整改措施96条。', 'measures.total 96'],
  ['细化为120项具体举措。', 'measures.total 120'],
  ['研究提出八十八条整改措施。', 'measures.total 88'],
  ['列出整改清单，明确措施53条。', 'measures.total 53'],
  ['分解整改任务63项，已完成60项，推进中3项。', 'measures.total 63', 'measures.completed 60', 'measures.ongoing 3'],
  ['整改措施75项，已落实72项，落实率96%。', 'measures.total 75', 'measures.completed 72', 'measures.rate 96'],
  ['63项整改措施全部落实到位。', 'measures.total 63', 'measures.completed 63'],
  ['86项措施已完成81项、正在推进5项。', 'measures.total 86', 'measures.completed 81', 'measures.ongoing 5'],
  ['已完成整改措施58项，其余措施正在落实。', 'measures.completed 58'],
  ['已落实42条整改措施。', 'measures.completed 42'],
  ['正在推进的6项措施均明确了时限。', 'measures.ongoing 6'],
  ['措施完成率94.6%。', 'measures.rate 94.6'],
  ['整改措施落实率达到百分之九十五。', 'measures.rate 95'],
  ['问题17个、措施49条，分别完成整改。', 'problems.total 17', 'measures.total 49'],
  ['完善风险防控措施45条。'],
  ['落实安全防范措施12项。'],
  ['逐项制定措施，共126条。', 'measures.total 126'],
  ['141项整改措施已完成138项，占97.9%。', 'measures.total 141', 'measures.completed 138', 'measures.rate 97.9'],
  ['126项整改措施已全部启动，完成118项。', 'measures.total 126', 'measures.completed 118'],
  ['对照27个问题，制定4个方面86条措施。', 'problems.total 27', 'measures.total 86'],
  ['提出意见建议36条。'],
  ['各项工作分解为四大方面489项举措。', 'measures.total 489'],
  ['问题84个，整改任务106个，已完成整改98个。', 'problems.total 84', 'measures.total 106', 'measures.completed 98'],
  ['37项整改任务全部完成，完成率100%。', 'measures.total 37', 'measures.completed 37', 'measures.rate 100'],
  ['正在推进的3项整改任务逐月调度。', 'measures.ongoing 3'],
  ['整改任务清单所列53项任务，完成51项。', 'measures.total 53', 'measures.completed 51'],
];

const environment: readonly Row[] = [
  [
    '省环保督察整改任务28项，已完成整改25项，达到序时进度3项。',
    'problems.total 28',
    'problems.completed 25',
    'problems.ongoing 3',
  ],
  [
    '中央生态环境保护督察反馈的37项整改任务，完成31项，正在推进6项，整改完成率83.8%。',
    'problems.total 37',
    'problems.completed 31',
    'problems.ongoing 6',
    'problems.rate 83.8',
  ],
  ['环保督察共明确整改任务19项，制定整改措施70条。', 'problems.total 19', 'measures.total 70'],
  ['环保督察交办信访件153件，已办结148件，阶段性办结5件，办结率96.7%。'],
  [
    '环境保护督察期间立案查处违法行为12起，约谈9人，问责5人。',
    'cases.filed 12',
    'people.reminded 9',
    'people.accountable 5',
  ],
  ['环保督察41项整改任务已全部完成。', 'problems.total 41', 'problems.completed 41'],
  [
    '环保督察整改任务47项，已完成整改任务41项，其余6项整改任务均按计划推进。',
    'problems.total 47',
    'problems.completed 41',
    'problems.ongoing 6',
  ],
];

const people: readonly Row[] = [
  [
    '给予党纪政务处分5人、组织处理4人、诫勉谈话3人次。',
    'people.disciplined 5',
    'people.organised 4',
    'people.admonished 3',
  ],
  ['给予党内严重警告处分1人。', 'people.disciplined 1'],
  ['对2名责任人给予政务记过处分。', 'people.disciplined 2'],
  ['3人受到党纪处分。', 'people.disciplined 3'],
  ['党纪处分3人，政务处分2人。', 'people.disciplined 3 part', 'people.disciplined 2 part'],
  ['处分党员干部6人。', 'people.disciplined 6'],
  ['组织处理三人。', 'people.organised 3'],
  ['对1名中层干部作出组织处理。', 'people.organised 1'],
  ['诫勉0人，约谈3人。', 'people.admonished 0', 'people.reminded 3'],
  ['对两名分管负责同志进行了诫勉谈话。', 'people.admonished 2'],
  ['对相关责任人提醒谈话8人次。', 'people.reminded 8'],
  ['集体约谈下属单位负责人11名。', 'people.reminded 11'],
  ['对3名科室负责人进行约谈提醒。', 'people.reminded 3'],
  ['谈话提醒6名同志。', 'people.reminded 6'],
  ['批评教育12人次，责令作出书面检查2人。', 'people.criticised 12 part', 'people.criticised 2 part'],
  ['对4名经办人员进行了批评教育。', 'people.criticised 4'],
  ['责令2名责任人作出书面检查。', 'people.criticised 2'],
  ['批评谈话5名。', 'people.criticised 5'],
  ['共问责17人。', 'people.accountable 17'],
  ['追责问责党员干部9人次。', 'people.accountable 9'],
  ['处理相关责任人员7人。', 'people.accountable 7'],
  ['对8名责任人严肃追责问责。', 'people.accountable 8'],
  ['追究4名干部责任。', 'people.accountable 4'],
  ['诫勉谈话、提醒谈话共12人。', 'people.accountable 12'],
  ['批评教育和提醒谈话共计20人次。', 'people.accountable 20'],
  ['对6名责任人给予诫勉、批评教育。', 'people.accountable 6'],
  ['提醒谈话、约谈5人。', 'people.reminded 5'],
  ['运用监督执纪“四种形态”批评教育和处理31人次。', 'people.accountable 31'],
  [
    '问责16人，其中党纪政务处分4人、诫勉5人、批评教育7人。',
    'people.accountable 16',
    'people.disciplined 4 part',
    'people.admonished 5 part',
    'people.criticised 7 part',
  ],
  [
    '处理12人，分别为组织处理2人、提醒谈话10人。',
    'people.accountable 12',
    'people.organised 2 part',
    'people.reminded 10 part',
  ],
  ['对值班脱岗的2名人员进行了严肃批评。'],
  ['开展谈心谈话56人次。'],
  ['通报批评2人。'],
  ['建议给予党纪处分1人。'],
  ['未按规定请假的，一律约谈。'],
  [
    '给予党内警告处分2人，政务警告1人，诫勉谈话3人，提醒谈话12人。',
    'people.disciplined 2 part',
    'people.disciplined 1 part',
    'people.admonished 3',
    'people.reminded 12',
  ],
  ['给予党纪政务处分和组织处理15人。', 'people.accountable 15'],
  ['处分处理干部12人。', 'people.accountable 12'],
  [
    '追责问责28人次，其中：党纪处分2人，组织处理3人，提醒谈话23人次。',
    'people.accountable 28',
    'people.disciplined 2 part',
    'people.organised 3 part',
    'people.reminded 23 part',
  ],
  ['给予3人党纪处分、2人组织处理、5人诫勉谈话。', 'people.disciplined 3', 'people.organised 2', 'people.admonished 5'],
  ['诫勉3人批评教育5人。', 'people.admonished 3', 'people.criticised 5'],
  ['对5人进行诫勉谈话，对3人进行批评教育。', 'people.admonished 5', 'people.criticised 3'],
  ['提醒谈话党员干部45人（次）。', 'people.reminded 45'],
  ['5名责任人被问责。', 'people.accountable 5'],
  ['运用第一种形态处理12人次。', 'people.accountable 12'],
  ['诫勉：2人；提醒谈话：4人。', 'people.admonished 2', 'people.reminded 4'],
  ['停职检查1人，调离岗位2人。'],
  ['约谈企业12家次。'],
  ['党政纪处理24人，约谈单位主要负责人3人。', 'people.disciplined 24', 'people.reminded 3'],
  ['问责和约谈1000余人次。', 'people.accountable 1000'],
  ['对2个党组织、98名责任人进行问责，其中局级干部17人。', 'people.accountable 98'],
  ['对3名履职不力的干部分别给予诫勉谈话、批评教育处理。', 'people.accountable 3'],
  ['15人被组织处理，31人被批评教育、诫勉谈话。', 'people.organised 15', 'people.accountable 31'],
  ['责成7人作出深刻检查。', 'people.criticised 7'],
  ['问责党组织2个、党员干部5人。', 'people.accountable 5'],
];

const cases: readonly Row[] = [
  ['立案4件。', 'cases.filed 4'],
  ['立案查处42件，移送公安机关3件。', 'cases.filed 42'],
  ['立案2件3人。', 'cases.filed 2'],
  ['对7起违规行为立案调查。', 'cases.filed 7'],
  ['共立案审查调查案件5起。', 'cases.filed 5'],
  ['收到问题线索13件。'],
  ['拟立案1件。'],
];

const money: readonly Row[] = [
  ['挽回经济损失0.43万元。', 'money.recovered 4300'],
  ['为集体挽回损失约12万元。', 'money.recovered 120000'],
  ['追回多付工程款3.15万元。', 'money.recovered 31500'],
  ['多付的3.15万元已全部追回。', 'money.recovered 31500'],
  ['追缴到位国有资产损失18万元。', 'money.recovered 180000'],
  ['清退违规发放津补贴12.3万元，追缴欠缴租金8.6万元。', 'money.refunded 123000', 'money.collected 86000'],
  ['已退还群众多收费用1,260元。', 'money.refunded 1260'],
  ['多收的押金1.98万元已退还。', 'money.refunded 19800'],
  ['相关人员主动退缴54410元。', 'money.refunded 54410'],
  ['违规领取的餐补2.4万元已退回单位账户。', 'money.refunded 24000'],
  ['催缴物业费36.2万元。', 'money.collected 362000'],
  ['补缴个人所得税4.05万元。', 'money.collected 40500'],
  ['收缴违纪款七千二百元。', 'money.collected 7200'],
  ['结余资金386.5万元已全部上缴财政。', 'money.collected 3865000'],
  ['违规收入41万元已缴入国库。', 'money.collected 410000'],
  ['将历年利息5.12万元缴入区财政专户。', 'money.collected 51200'],
  ['向12家企业追缴土地租金1.05亿元。', 'money.collected 105000000'],
  ['清退12名人员违规领取的补贴3.2万元。', 'money.refunded 32000'],
  ['追缴25.3万元，其中租金20万元、水电费5.3万元。', 'money.collected 253000'],
  ['应补缴12万元，已补缴10万元。', 'money.collected 100000'],
  ['尚有3万元未追缴。'],
  ['应退未退的2.6万元正在核实。'],
  ['涉及金额386.5万元。'],
  ['调整账目41.42万元，归还原资金渠道752.3万元。'],
  ['力争年底前追缴8万元。'],
  ['罚款5万元。'],
  ['已收缴到位12万元，剩余3万元正在追缴。', 'money.collected 120000'],
  ['违规发放的23万元补贴已清退。', 'money.refunded 230000'],
  ['涉及违规资金23万元，已全部追缴到位。', 'money.collected 230000'],
  ['将多领的12万元退还原单位。', 'money.refunded 120000'],
  ['追回流失国有资产1,200余万元。', 'money.recovered 12000000'],
  ['追缴各类违规资金共计 251023.54万元。', 'money.collected 2510235400'],
  ['清退2018年至2020年超标准发放的绩效奖励12.7万元。', 'money.refunded 127000'],
  ['上缴违规收取的礼品礼金折合1.2万元。', 'money.collected 12000'],
  [
    '清退资金5.6万元，追缴违纪资金2.3万元，上缴财政1.2万元。',
    'money.refunded 56000',
    'money.collected 23000 part',
    'money.collected 12000 part',
  ],
  ['发放慰问金12万元，补发工资3万元。'],
  ['收回闲置资金30万元。'],
  ['其余5万元按计划分期退还。'],
  [
    '督促12家企业补缴土地出让金1.2亿元、滞纳金860万元。',
    'money.collected 120000000 part',
    'money.collected 8600000 part',
  ],
  ['清理违规补贴23.6万元，其中已退还21.2万元，剩余2.4万元正在催缴。', 'money.refunded 212000 part'],
  ['追缴个人违规报销费用合计捌万陆仟元整。', 'money.collected 86000'],
  ['违规发放的加班费3.2万元，已按要求如数清退。', 'money.refunded 32000'],
  ['追缴欠缴水费，目前已到账2.6万元。', 'money.collected 26000'],
];

const systems: readonly Row[] = [
  ['建章立制25项。', 'systems.established 25'],
  ['修订完善制度14项。', 'systems.established 14'],
  ['制定出台管理办法6个。', 'systems.established 6'],
  ['建立健全各项规章制度32项。', 'systems.established 32'],
  ['新建制度8项、修订制度12项。', 'systems.established 8 part', 'systems.established 12 part'],
  [
    '制定修订制度20项，其中新建制度8项、修订制度12项。',
    'systems.established 20',
    'systems.established 8 part',
    'systems.established 12 part',
  ],
  ['完善内控、采购、资产等管理制度9项。', 'systems.established 9'],
  ['出台了6项内部管理制度。', 'systems.established 6'],
  ['修订《公务接待管理办法》《差旅费管理办法》等8项制度。', 'systems.established 8'],
  ['印发规范性文件5份。', 'systems.established 5'],
  ['健全完善长效机制11个。', 'systems.established 11'],
  ['制定、修订、完善制度机制三十余项。', 'systems.established 30'],
  ['拟修订制度5项。'],
  ['废止文件3份。'],
  ['制定工作方案3个。'],
  ['建立完善规章制度和长效机制46项。', 'systems.established 46'],
  ['制（修）订制度23项。', 'systems.established 23'],
  ['出台（修订）制度12项。', 'systems.established 12'],
  ['累计建立、修订各类规章制度85项。', 'systems.established 85'],
  ['建立《值班管理制度》等制度5项。', 'systems.established 5'],
  ['修订完善《财务管理制度》《采购管理办法》等制度，共12项。', 'systems.established 12'],
  ['废止制度3项，修订制度12项。', 'systems.established 12'],
  ['汇编印制学习资料56册。'],
  ['形成《工程管理办法》等制度成果16项。', 'systems.established 16'],
  ['健全完善内部控制制度、财务管理制度等共11项制度。', 'systems.established 11'],
];

const meetings: readonly Row[] = [
  ['先后召开党组会议7次。', 'meetings.held 7'],
  ['召开整改工作推进会5场次。', 'meetings.held 5'],
  ['组织召开党委会、专题会研究整改工作12次。', 'meetings.held 12'],
  ['召开了3次专题民主生活会。', 'meetings.held 3'],
  ['共召开会议10余次。', 'meetings.held 10'],
  ['召开党组会5次、推进会3次。', 'meetings.held 5 part', 'meetings.held 3 part'],
  ['召开会议12次，其中专题会4次。', 'meetings.held 12', 'meetings.held 4 part'],
  ['党组先后4次召开专题会议听取汇报。', 'meetings.held 4'],
  ['每季度召开党组会1次。'],
  ['仅召开支委会2次。'],
  ['开展集中学习研讨9次。'],
  ['计划召开推进会2次。'],
  ['要求各支部召开组织生活会1次。'],
  ['组织培训3场。'],
  ['召开12次党委常委会会议、8次专题会议。', 'meetings.held 12 part', 'meetings.held 8 part'],
  ['整改期间，共召开党组会议研究巡察整改工作16次。', 'meetings.held 16'],
  ['主持召开5次领导小组会议。', 'meetings.held 5'],
  ['召开支部党员大会三次。', 'meetings.held 3'],
  ['召开专题会3次，发放资料500份，参会120人次。', 'meetings.held 3'],
  ['举办培训班5期。'],
  ['每周召开例会，累计召开28次。', 'meetings.held 28'],
  [
    '先后召开1次专题民主生活会、5次党委会、12次领导小组会。',
    'meetings.held 1 part',
    'meetings.held 5 part',
    'meetings.held 12 part',
  ],
];

const scopes: readonly Row[] = [
  ['近三年累计召开会议20次。', 'meetings.held 20 cumulative'],
  ['2019年以来累计追缴租金30万元。', 'money.collected 300000 cumulative'],
  ['历年共清退津补贴16万元。', 'money.refunded 160000 cumulative'],
  ['累计修订制度6项。', 'systems.established 6'],
  ['整改以来，召开党组会6次。', 'meetings.held 6'],
  ['历次巡察反馈问题120个，已整改110个。', 'problems.total 120 cumulative', 'problems.completed 110 cumulative'],
  ['五年来，追缴资金30万元。', 'money.collected 300000 cumulative'],
  ['对近三年支出开展自查，清退2万元。', 'money.refunded 20000'],
  ['前六轮巡察反馈问题157个，完成整改148个。', 'problems.total 157 cumulative', 'problems.completed 148 cumulative'],
  ['半年来，召开党组会5次。', 'meetings.held 5'],
];

const others: readonly Row[] = [
  ['下一步，召开推进会2次，制定制度3项。'],
  ['下一步，对正在推进的2个问题持续用力。', 'problems.ongoing 2'],
  ['力争完成整改50个。'],
  ['一件事一件事抓，一个问题一个问题解决。'],
  ['摸排安全隐患35处，已整改30处，正在整改5处，整改率85.7%。'],
  ['检查企业35家，发现问题68个，已整改65个。', 'problems.total 68', 'problems.completed 65'],
  ['从3个方面着手改进作风。'],
  ['23座废弃矿山中，已完成修复16座，正在施工5座。'],
  ['受理群众反映事项120件，已办结118件。'],
  ['满意率98.5%，覆盖率100%。'],
  ['党组会第57次会议审议了2023年度计划。'],
  ['各支部7日内上报整改方案。'],
  ['发现隐患45处，整改45处。'],
  ['逐户排查，整改一项、核销一项。'],
];

describe.each([
  ['problems', problems],
  ['measures', measures],
  ['tasks of environmental inspections', environment],
  ['people', people],
  ['cases', cases],
  ['money', money],
  ['systems', systems],
  ['meetings', meetings],
  ['scopes', scopes],
  ['what is no metric', others],
] as const)('%s', (_name, rows) => {
  it.each(rows.map(([text, ...figures]) => ({ text, figures })))('$text', ({ text, figures }) => {
    expect(figuresOf(text).flatMap(summary)).toEqual(figures);
  });
});

describe('a figure', () => {
  const only = (text: string): Figure => {
    const figures = figuresOf(text);
    expect(figures).toHaveLength(1);
    return figures[0] as Figure;
  };

  it('states value and interval in the base unit, exactly', () => {
    expect(only('追回资金0.43万元。')).toMatchObject({ value: '4300', unit: '元', lower: '4250', upper: '4350' });
    expect(only('反馈问题44个。')).toMatchObject({ value: '44', lower: '44', upper: '44', qualifier: 'exact' });
    expect(only('完善制度二十余项。')).toMatchObject({ value: '20', stated: '二十余项', qualifier: 'moreThan' });
    expect(only('提醒谈话15人次。')).toMatchObject({ value: '15', unit: '人次' });
  });

  it('rests on the words from the metric to the number, or from the number to the metric', () => {
    expect(only('共梳理出44个具体问题，逐条整改。').evidence.quote).toBe('44个具体问题');
    expect(only('已制定整改措施141项。').evidence.quote).toBe('整改措施141项');
    expect(only('补缴租金12.3万元。').evidence.quote).toBe('补缴租金12.3万元');
    expect(only('对3名经办人员批评教育。').evidence.quote).toBe('3名经办人员批评教育');
  });

  it('names what it counts', () => {
    expect(only('共梳理出44个具体问题。').noun).toBe('具体问题');
    expect(only('追缴欠缴租金12.3万元。').noun).toBe('欠缴租金');
    expect(only('涉及企业126家。').noun).toBe('企业');
    expect(figuresOf('44个问题已完成40个。').map(({ noun }) => noun)).toEqual(['问题', '问题']);
  });

  it('of no metric stays, on its own words', () => {
    expect(only('检查企业126家。')).toMatchObject({ metric: null, value: '126', evidence: { quote: '126家' } });
  });

  it('inside a finding is local, a part there stays a part', () => {
    const text = '反馈问题9个。\n问题一：清退补贴3万元，其中清退餐补1万元。';
    const finding = { start: text.indexOf('\n') + 1, end: text.length };
    expect(figuresOf(text, [finding]).flatMap(summary)).toEqual([
      'problems.total 9',
      'money.refunded 30000 local',
      'money.refunded 10000 part',
    ]);
  });

  it('inside a finding continues nothing outside it', () => {
    const text = '反馈问题44个。\n排查后已完成12个。';
    const finding = { start: text.indexOf('\n') + 1, end: text.length };
    expect(figuresOf(text, [finding]).flatMap(summary)).toEqual(['problems.total 44']);
  });

  it('reads traditional characters and shows them as written', () => {
    const [total, rate] = figuresOf('巡察指出13個問題，問題整改完成率爲百分之九十二點三，黨組對整改責任進行了檢查。');
    expect(total).toMatchObject({ metric: 'problems.total', evidence: { quote: '13個問題' } });
    expect(rate).toMatchObject({ metric: 'problems.rate', value: '92.3' });
  });
});

it('every quantity of a text is a figure, once, in text order, with its exact words', () => {
  const text = [...problems, ...people, ...money, ...meetings].map(([line]) => line).join('\n');
  const figures = figuresOf(text);
  const starts = figures.map(({ quantity }) => quantity.start);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  expect([...new Set(starts)]).toEqual(viewOf(text).quantities.map(({ start }) => start));
  for (const { evidence } of figures) expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote);
});
