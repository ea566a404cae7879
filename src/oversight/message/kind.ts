/** What people can be told, by group: the group is what a person chooses channels for. */
export const GROUPS = ['order', 'card', 'voice', 'review', 'appeal', 'month'] as const;
export type Group = (typeof GROUPS)[number];

interface Kind {
  readonly group: Group;
  /** Doesn't wait for the end of quiet hours. */
  readonly urgent?: true;
  /** Told to group robots too: nothing about one person, a suspicion or a report of discipline. */
  readonly open?: true;
}

const KIND_TABLE = {
  order_opened: { group: 'order', open: true },
  order_unassigned: { group: 'order', open: true },
  order_assigned: { group: 'order', open: true },
  order_entrusted: { group: 'order' },
  order_returned: { group: 'order', open: true },
  order_extension_asked: { group: 'order' },
  order_extension_approved: { group: 'order' },
  order_extension_refused: { group: 'order' },
  order_answered: { group: 'order' },
  order_sent_back: { group: 'order' },
  order_call_back: { group: 'order' },
  order_reopened: { group: 'order', open: true },
  order_closed: { group: 'order' },
  order_withdrawn: { group: 'order' },
  order_supervised: { group: 'card', urgent: true, open: true },
  duty_yellow: { group: 'card', open: true },
  duty_red: { group: 'card', urgent: true, open: true },
  order_escalated: { group: 'card', urgent: true },
  voice_discipline: { group: 'voice' },
  voice_fault: { group: 'voice' },
  exclusion_proposed: { group: 'review' },
  integrity_found: { group: 'review' },
  integrity_proposed: { group: 'review' },
  finding_confirmed: { group: 'review' },
  merit_proposed: { group: 'review' },
  scheme_proposed: { group: 'review' },
  appeal_opinion: { group: 'appeal' },
  appeal_group: { group: 'appeal' },
  appeal_named: { group: 'appeal' },
  appeal_upheld: { group: 'appeal' },
  appeal_rejected: { group: 'appeal' },
  month_published: { group: 'month', open: true },
  month_sealed: { group: 'month', open: true },
} as const satisfies Readonly<Record<string, Kind>>;

export type MessageKind = keyof typeof KIND_TABLE;

export const KINDS: Readonly<Record<MessageKind, Kind>> = KIND_TABLE;

/** The kinds of a group. */
export function kindsOf(group: Group): MessageKind[] {
  return (Object.keys(KINDS) as MessageKind[]).filter((kind) => KINDS[kind].group === group);
}

/** A kind as it was stored; undefined for one that a later version wrote. */
export function kindOf(text: string): MessageKind | undefined {
  return text in KINDS ? (text as MessageKind) : undefined;
}

/** What the words of a message name: numbers, steps, instants; never a citizen's data or words. */
export type Params = Readonly<Partial<Record<'number' | 'step' | 'due' | 'month' | 'until', string>>>;
