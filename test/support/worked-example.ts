import { type App, type HandedIn, tokenOf } from './app.ts';
import {
  APPROVAL,
  CLERK,
  csvOf,
  FOOD_ITEM,
  PASSPORT_ITEM,
  POLICE,
  type RecordForm,
  recordForm,
} from './hall.ts';

/**
 * The worked example of the assessment (domain §5) as the facts of a real May: 60 ratings of clerk G001, 58
 * of them good, one bad about the person (tag 214), one about the process (tag 212); three findings; bonus
 * for two visits at home and a letter of praise. Base 92.21, bonus 2.50, total 94.71.
 */

/** The last working day of the month, when its services have been handed in and are rated. */
export const RATED_AT = new Date('2026-05-29T17:30:00+08:00');
/** The next working morning: links still work, and the office closes May. */
export const CLOSED_AT = new Date('2026-06-01T09:30:00+08:00');

/** The case rated 2 with tag 214, 服务态度生硬. */
export const ABOUT_PERSON = 'JN20260529-0059';
/** The case rated 2 with tag 212, 在线预约办理后到实体大厅重复取号排队. */
export const ABOUT_PROCESS = 'JN20260529-0060';

const GOOD = 58;
const RATABLE = 62;

function caseOf(at: number): RecordForm {
  const day = 25 + Math.floor(at / 13);
  const time = `${String(9 + (at % 7)).padStart(2, '0')}:${String((at * 7) % 60).padStart(2, '0')}:00`;
  const food = at % 3 === 0 && at < GOOD;
  return recordForm({
    projectNo: `JN20260529-${String(at + 1).padStart(4, '0')}`,
    serviceTime: `2026-05-${day} ${time}`,
    ...(food ? { taskCode: FOOD_ITEM, taskName: '食品经营许可' } : {}),
    ...(at % 2 ? { mobile: '13812345678', userName: '张三' } : {}),
  });
}

/** The clerk's services, in the order of their numbers; the last two stay unrated. */
export const services: readonly RecordForm[] = Array.from({ length: RATABLE }, (_, at) => caseOf(at));

/** Some services of colleagues, so that the month isn't about one person. */
const colleagues: readonly RecordForm[] = Array.from({ length: 14 }, (_, at) => {
  const police = at < 8;
  return recordForm({
    projectNo: `JN20260527-${String(at + 1).padStart(4, '0')}`,
    serviceTime: `2026-05-27 1${at % 5}:05:00`,
    windowCode: police ? 'P01' : 'T02',
    staffNo: police ? 'G003' : 'G004',
    ...(police
      ? { deptCode: POLICE, taskCode: PASSPORT_ITEM, taskName: '普通护照签发' }
      : { deptCode: APPROVAL }),
  });
});

/** Hands in the month's services by the API and has them rated, all but those of `leave`. */
export async function liveThroughMay(
  app: App,
  leave: readonly string[] = [],
): Promise<Map<string, HandedIn>> {
  app.t.clock.set(RATED_AT);
  const links = new Map(
    (await app.handIn([...services, ...colleagues])).map((link) => [link.projectNo, link]),
  );
  const goodOnes = [...services.slice(0, GOOD), ...colleagues].map(({ projectNo }, at) => ({
    projectNo,
    satisfaction: at % 9 === 0 ? 3 : at % 4 === 0 ? 4 : 5,
  }));
  const badOnes = [
    {
      projectNo: ABOUT_PERSON,
      satisfaction: 2,
      evalDetail: ['214'],
      writingEvaluation: '问一句答一句，很不耐烦',
    },
    { projectNo: ABOUT_PROCESS, satisfaction: 2, evalDetail: ['212'] },
  ];
  for (const { projectNo, ...rating } of [...goodOnes, ...badOnes]) {
    const link = links.get(projectNo);
    if (link === undefined) throw new Error(`${projectNo} wasn't handed in`);
    if (leave.includes(projectNo)) continue;
    const answer = await app.api('POST', '/ratings', { token: tokenOf(link), ...rating }, null);
    if (answer.statusCode !== 201) throw new Error(answer.body);
  }
  return links;
}

/** Both bad ratings are found to be right, by two people. */
export const verdicts = csvOf(
  [
    [ABOUT_PERSON, '214'],
    [ABOUT_PROCESS, '212'],
  ].map(([projectNo, evalDetail]) => ({
    projectNo,
    serviceNumber: 1,
    pf: 3,
    satisfaction: 2,
    evalDetail,
    assessTime: '2026-05-29 17:30:00',
    verdict: 'upheld',
    verified_by: '周督查',
    approved_by: '吴主任',
  })),
);

export const findings = csvOf(
  [
    ['F202605-01', '2026-05-06', 'daily.late', '指纹考勤 09:07'],
    ['F202605-02', '2026-05-12', 'daily.dress', '巡查照片：未佩戴工作牌'],
    ['F202605-03', '2026-05-13', 'case.incomplete_notice', '受理回执缺少补正清单'],
  ].map(([finding_id, occurred_on, rule, evidence]) => ({
    finding_id,
    occurred_on,
    subject_kind: 'staff',
    subject_code: CLERK,
    rule,
    quantity: 1,
    evidence,
    recorded_by: '周督查',
    confirmed_by: '吴主任',
  })),
);

export const merits = csvOf(
  [
    ['M202605-01', '2026-05-18', 'bonus.proactive_service', 2, '两次上门为老人办理'],
    ['M202605-02', '2026-05-20', 'bonus.public_praise', 1, '群众来信一封'],
  ].map(([merit_id, occurred_on, rule, quantity, evidence]) => ({
    merit_id,
    occurred_on,
    staff_no: CLERK,
    rule,
    quantity,
    evidence,
    confirmed_by: '吴主任',
  })),
);
