import { randomUUID } from 'node:crypto';
import { type App, openApp, type Person } from './app.ts';
import { APPROVAL, FOOD_ITEM, PASSPORT_ITEM, POLICE } from './hall.ts';
import { type Kiosk, openKiosk } from './kiosk.ts';
import { CITY } from './office.ts';

/** Papers: the food licence asks two of everybody and one more of companies; one of them may follow. */
const materials = `item_code,material_no,name,applicant,form,copies,may_follow
${FOOD_ITEM},1,食品经营许可申请书,any,original,1,否
${FOOD_ITEM},2,经营场所平面图,any,copy,2,是
${FOOD_ITEM},3,营业执照复印件,company,copy,1,否
`;

/** The food licence is approved by two departments, and nobody approves what they did before. */
const steps = `item_code,step_no,name,department_code,two_person
${FOOD_ITEM},1,审查,${APPROVAL},true
${FOOD_ITEM},2,核准,${POLICE},true
`;

export const APPLICANT = { userProp: 1, userName: '周大爷', mobile: '13900001234' };

export interface CaseHall {
  app: App;
  /** Devices at the windows. */
  kiosk: Kiosk;
  /** At window T01. */
  clerk: Person;
  /** At window T02. */
  colleague: Person;
  /** Of the police, at window P01 and in its back office. */
  officer: Person;
}

/** The small hall with papers, steps of approval and three people at work. */
export async function openCaseHall(options: Parameters<typeof openApp>[0] = {}): Promise<CaseHall> {
  const app = await openApp(options);
  await app.load('materials', materials);
  await app.load('item_steps', steps);
  const kiosk = await openKiosk(app);
  const colleague = await app.person('clerk', { staffNo: 'G004', scope: CITY });
  const officer = await app.person('clerk', { staffNo: 'G003', scope: CITY });
  return { app, kiosk, clerk: kiosk.clerk, colleague, officer };
}

/** A form of the counter, sent by somebody; anything given replaces the usual. */
export function applicationBody(given: object = {}) {
  return {
    id: randomUUID(),
    window: 'T01',
    item: FOOD_ITEM,
    applicant: APPLICANT,
    decision: { kind: 'accept', handed: [1, 2] },
    ...given,
  };
}

export { FOOD_ITEM, PASSPORT_ITEM };
