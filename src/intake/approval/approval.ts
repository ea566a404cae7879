/** A step with what decides who may take it. */
export interface Step {
  readonly step_no: number;
  readonly department_code: string;
  readonly two_person: boolean;
  readonly state: 'waiting' | 'open' | 'passed' | 'rejected';
  readonly decided_by: string | null;
}

export interface Approver {
  readonly staffNo: string;
  readonly departmentCode: string;
}

/** How the case came here: who handled it at the counter, and whether it is settled at once. */
export interface Origin {
  /** Whoever took the case in, decided on its papers, or took what followed. */
  readonly handledBy: ReadonlySet<string>;
  /** An instant item (即办件) without steps of its own is settled by the clerk who accepted it. */
  readonly instant: boolean;
}

/**
 * Whether somebody may decide a step: of its department's back office, and, where the item takes two people
 * (审办分离), nobody who handled it before. Answers the code of what stands against it.
 */
export function mayDecide(
  step: Step,
  steps: readonly Step[],
  by: Approver,
  origin: Origin,
): 'approval.not_yours' | 'approval.two_people' | 'approval.step_over' | undefined {
  const atOnce = origin.instant && origin.handledBy.has(by.staffNo) && !step.two_person;
  if (step.department_code !== by.departmentCode && !atOnce) return 'approval.not_yours';
  if (step.state !== 'open') return 'approval.step_over';
  const earlier = steps.filter((one) => one.step_no < step.step_no && one.decided_by !== null);
  const before = origin.handledBy.has(by.staffNo) || earlier.some((one) => one.decided_by === by.staffNo);
  return step.two_person && before ? 'approval.two_people' : undefined;
}

/** Who gets a step: whoever has the least open ones, of those who may take it. */
export function leastLoaded(
  loads: readonly { staff_no: string; count: number }[],
  allowed: ReadonlySet<string>,
): string | null {
  const free = loads.filter((one) => allowed.has(one.staff_no));
  const least = free.reduce<(typeof free)[number] | undefined>(
    (best, one) => (best === undefined || one.count < best.count ? one : best),
    undefined,
  );
  return least?.staff_no ?? null;
}
