import { addDays, type Day, dayOf } from '../../kernel/day.ts';
import type { Subject } from '../../kernel/ids.ts';
import type { FindingState, FindingWay } from './desk-contract.ts';

/** How the number of a finding of the desk begins. */
const BEGINNINGS: Readonly<Record<FindingWay, string>> = {
  patrol: 'XC',
  mystery: 'AF',
  case_file: 'AJ',
  stationing: 'JZ',
  attendance: 'KQ',
};

/** The number of a finding by the random id of the form: the same form again has the same number. */
export function findingNumber(way: FindingWay, formId: string): string {
  return `${BEGINNINGS[way]}-${formId.toLowerCase().replaceAll('-', '').slice(0, 16)}`;
}

/** Where a finding stands. */
export function stateOf(finding: {
  readonly confirmed_by: string | null;
  readonly rejected_by: string | null;
}): FindingState {
  if (finding.confirmed_by !== null) return 'confirmed';
  return finding.rejected_by === null ? 'open' : 'rejected';
}

/** The account before the desk. */
interface Person {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly staffNo?: string | undefined;
}

/** What tells who recorded a finding. */
interface Recorded {
  readonly recorded_by: string;
  readonly recorded_id: string | null;
  readonly recorded_staff: string | null;
}

/** Whether the person recorded it: by this account, by another of theirs, or under their name in a file. */
export function isRecorder(recorded: Recorded, { id, username, name, staffNo }: Person): boolean {
  if (recorded.recorded_id === id) return true;
  if (recorded.recorded_by === username || recorded.recorded_by === name) return true;
  return staffNo !== undefined && (staffNo === recorded.recorded_staff || staffNo === recorded.recorded_by);
}

/** Whether it is about the person. Windows are asked for by posting. */
export function isAbout(subject: Subject, { staffNo }: Pick<Person, 'staffNo'>): boolean {
  return subject.kind === 'staff' && staffNo !== undefined && subject.code === staffNo;
}

/**
 * The day on which a phone claims to have seen it, where that may be believed: it lies before the day of
 * arrival by the server's clock, and not too far. Undefined: only the day of arrival counts.
 */
export function believableDay(claimed: Date | null, arrived: Date, mostDays: number): Day | undefined {
  if (claimed === null) return undefined;
  const [said, came] = [dayOf(claimed), dayOf(arrived)];
  return said < came && said >= addDays(came, -mostDays) ? said : undefined;
}

/** Whether a rule may charge such a subject: stationing belongs to windows and departments (domain §5). */
export function fits(rule: string, subject: Subject): boolean {
  return subject.kind !== 'staff' || !rule.startsWith('stationing.');
}
