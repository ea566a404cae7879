import { type FinishedCall, finishedCall } from '../../feedback/follow-up/index.ts';
import type { VoiceForm } from '../../feedback/voice/index.ts';
import { contactOf } from '../../intake/case/index.ts';
import { isoMoment } from '../../kernel/day.ts';
import { systemActor } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { LimitsOf } from '../work-order/index.ts';
import { handInVoice } from './actions.ts';

const GRADES = { good: '好', fair: '一般', poor: '差' } as const;

/**
 * Has somebody of the sample who is dissatisfied, or was asked for money, answered like a complaint. Those
 * called about an order have theirs reopened instead. A repeat opens nothing more.
 */
export async function answerCall(
  deps: Deps,
  { cityCode, callId }: { cityCode: string; callId: string },
  limitsOf: LimitsOf,
): Promise<void> {
  const call = await finishedCall(deps.db.app, { cityCode, callId });
  if (call === undefined || call.source !== 'sample' || call.answers === null) return;
  if (call.answers.satisfied && !call.answers.askedMoney) return;
  const contact = call.step === null ? null : await contactOf(deps.db.app, deps, cityCode, call.step.id);
  const form: VoiceForm = {
    id: call.id,
    channel: 'phone',
    kind: 'complaint',
    ...subjectOf(call),
    ...(call.projectNo === null ? {} : { projectNo: call.projectNo }),
    text: textOf(call),
    ...(contact?.name ? { name: contact.name } : {}),
    ...(contact?.phone ? { phone: contact.phone } : {}),
    receivedAt: isoMoment(call.closedAt),
  };
  await handInVoice(deps, systemActor(cityCode, 'follow-up'), form, limitsOf);
}

/** What is about the person is put to the person, anything else to the window. */
function subjectOf(call: FinishedCall): Pick<VoiceForm, 'subjectKind' | 'subjectCode'> {
  const personal = call.answers?.attitude === 'poor' || call.answers?.askedMoney === true;
  if (personal && call.staffNo !== null) return { subjectKind: 'staff', subjectCode: call.staffNo };
  if (call.windowCode !== null) return { subjectKind: 'window', subjectCode: call.windowCode };
  if (call.departmentCode === null) return {};
  return { subjectKind: 'department', subjectCode: call.departmentCode };
}

/** The answers, as whoever handles the complaint reads them. */
function textOf({ number, answers }: FinishedCall): string {
  if (answers === null) return number;
  const said = [
    answers.attitude === null ? '' : `服务态度：${GRADES[answers.attitude]}`,
    answers.efficiency === null ? '' : `办事效率：${GRADES[answers.efficiency]}`,
    answers.toldOnce === false ? '没有一次告知' : '',
    answers.oneGo === false ? '没有一次办好' : '',
    answers.onTime === false ? '没有按时办结' : '',
    answers.askedMoney ? '反映被索要财物' : '',
  ];
  const head = `电话回访 ${number}：${answers.satisfied ? '满意' : '不满意'}`;
  return [head, said.filter((part) => part !== '').join('；'), answers.remark]
    .filter((part) => part !== '')
    .join('\n');
}
