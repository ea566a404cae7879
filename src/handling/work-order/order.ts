import type { Card } from '../../kernel/deadline.ts';

export const ORDER_KINDS = [
  'rectification',
  'stuck_matter',
  'complaint',
  'suggestion',
  'contact_request',
] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

export const ORDER_STATES = [
  'unassigned',
  'unsigned',
  'handling',
  'paused',
  'approval',
  'call_back',
  'closed',
  'withdrawn',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** Which limit an answer has: mended at once, takes long, several departments, the longest there is. */
export const COMPLEXITIES = ['simple', 'complex', 'joint', 'longest'] as const;
export type Complexity = (typeof COMPLEXITIES)[number];

/** The limits of the scheme in force that orders run by, in working days. */
export type LimitName =
  | `rectification.${'sign' | 'contact' | 'simple' | 'complex' | 'extension' | 'call_back'}`
  | `stuck_matter.${'sign' | 'contact' | 'complex' | 'joint' | 'longest'}`
  | `complaint.${'sign' | 'contact' | 'answer' | 'extension' | 'return'}`
  | ContactLimit;

/** Those of whoever asked to be contacted, by the rules of the city beside the scheme. */
export type ContactLimit = `contact_request.${'sign' | 'contact' | 'answer' | 'extension'}`;

export interface Limits {
  /** 'HH:MM' */
  readonly officeEnd: string;
  days(name: LimitName): number;
}

/** The numbers of a kind of order; `answer` names the complexities that it knows, the first being usual. */
interface Terms {
  readonly sign: LimitName;
  readonly contact: LimitName;
  readonly answer: Readonly<Partial<Record<Complexity, LimitName>>>;
  readonly usual: Complexity;
  /** the days that one extension adds; null where a longer complexity takes its place */
  readonly extension: LimitName | null;
}

const answered: Terms = {
  sign: 'complaint.sign',
  contact: 'complaint.contact',
  answer: { simple: 'complaint.answer' },
  usual: 'simple',
  extension: 'complaint.extension',
};

export const TERMS: Readonly<Record<OrderKind, Terms>> = {
  rectification: {
    sign: 'rectification.sign',
    contact: 'rectification.contact',
    answer: { simple: 'rectification.simple', complex: 'rectification.complex' },
    usual: 'simple',
    extension: 'rectification.extension',
  },
  stuck_matter: {
    sign: 'stuck_matter.sign',
    contact: 'stuck_matter.contact',
    answer: {
      complex: 'stuck_matter.complex',
      joint: 'stuck_matter.joint',
      longest: 'stuck_matter.longest',
    },
    usual: 'complex',
    extension: null,
  },
  complaint: answered,
  suggestion: answered,
  contact_request: {
    sign: 'contact_request.sign',
    contact: 'contact_request.contact',
    answer: { simple: 'contact_request.answer' },
    usual: 'simple',
    extension: 'contact_request.extension',
  },
};

/** Whose evidence an answer needs: a suggestion, or a wish to be called, is answered in words. */
export function needsEvidence(kind: OrderKind): boolean {
  return kind !== 'suggestion' && kind !== 'contact_request';
}

export function isOver(state: OrderState): boolean {
  return state === 'closed' || state === 'withdrawn';
}

/** The card of an order's most urgent limit. */
export function orderCard(
  order: { readonly yellow_from: Date | null; readonly red_from: Date | null },
  now: Date,
): Card {
  if (order.red_from !== null && now >= order.red_from) return 'red';
  return order.yellow_from !== null && now >= order.yellow_from ? 'yellow' : 'none';
}

/** What becomes of an order once somebody has asked the person whether it was answered well. */
export type CallBackOutcome = 'satisfied' | 'dissatisfied' | 'no_answer' | 'refused' | 'wrong_number';

/** Satisfied or beyond reach ends it; dissatisfied opens it once more, and once only. */
export function afterCallBack(outcome: CallBackOutcome, reopened: number): 'closed' | 'handling' {
  return outcome === 'dissatisfied' && reopened === 0 ? 'handling' : 'closed';
}
