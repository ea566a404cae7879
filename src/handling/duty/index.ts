/**
 * Duty (限时事项): the working-day clock. A step of any matter has an owner, a limit in working days and a due
 * time; its owner is reminded when the last working day before it begins, and what isn't done by then is
 * noted as overdue. Whoever opens a matter brings the days of the limit from its own dated rules.
 */
export {
  draftDuties,
  dutiesOf,
  dutyOverdue,
  dutyReminded,
  finishDuty,
  handOver,
  lookAtDuties,
  type NewDuty,
  openDuties,
  openDuty,
  pauseDuties,
  renewDuty,
  resumeDuties,
  reviveDuty,
} from './actions.ts';
export { type Duty, type DutyOwner, dutyCard, type Matter } from './duty.ts';
export { secondLookUntil } from './second-look-rules.ts';
