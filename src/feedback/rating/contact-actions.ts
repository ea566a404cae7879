import { readToken } from '../../intake/invitation/index.ts';
import { assert } from '../../kernel/assert.ts';
import { firstDay } from '../../kernel/month.ts';
import { unpackRecordNumber } from '../../kernel/record-number.ts';
import type { Keys } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { emitAll } from '../../platform/facts.ts';
import { keepContacts, type RatedKey } from './contact-store.ts';
import { contactAsked } from './fact.ts';

/** What somebody left to be contacted by. */
export interface Contact {
  /** '' where none was given */
  readonly name: string;
  readonly phone: string;
}

/** A rating by its record number: the first one, or the second. */
export interface Rated {
  readonly cityCode: string;
  readonly stepId: string;
  readonly assessNumber: number;
}

/** Judges and answers the wish to be contacted; known downstream, and handed in. */
export interface ContactDesk {
  /**
   * What was left to be contacted by; undefined when nothing was.
   * @throws Refusal `contact.phone`, `say.name_long`
   */
  check(given: { name: string; phone: string }): Contact | undefined;
  /** Registers what was left with a rating, once; answers the number by which it is followed, if any was. */
  ask(rated: Rated): Promise<string | undefined>;
}

const NAME = 'feedback.rater.name';
const PHONE = 'feedback.rater.phone';

/** A contact as it travels to its record: sealed, in hex. */
export interface SealedContact {
  readonly name: string | null;
  readonly phone: string;
}

export function sealContact(keys: Keys, { name, phone }: Contact): SealedContact {
  const sealed = (what: string, text: string) => keys.seal(what, text).toString('hex');
  return { name: name === '' ? null : sealed(NAME, name), phone: sealed(PHONE, phone) };
}

/** The same in the clear, for whoever registers it. */
export function openContact(keys: Keys, row: { name_enc: Buffer | null; phone_enc: Buffer }): Contact {
  return {
    name: row.name_enc === null ? '' : keys.open(NAME, row.name_enc),
    phone: keys.open(PHONE, row.phone_enc),
  };
}

/** The month of a rating stands in its record number. */
export function keyOf({ stepId, assessNumber }: Omit<Rated, 'cityCode'>): RatedKey {
  const number = unpackRecordNumber(stepId);
  assert(number !== undefined, 'what is rated has a record number');
  return { stepId, assessNumber, month: firstDay(number.month) };
}

/** Keeps what was left with ratings of a batch, in its transaction, and tells of each. */
export async function keepAsked(
  tx: Tx,
  cityCode: string,
  asked: readonly { stepId: string; assessNumber: number; contact: SealedContact }[],
): Promise<void> {
  if (asked.length === 0) return;
  await keepContacts(
    tx,
    cityCode,
    asked.map(({ contact, ...rated }) => ({ ...keyOf(rated), ...contact })),
  );
  const facts = asked.map(({ stepId, assessNumber }) => ({ cityCode, stepId, assessNumber }));
  await emitAll(tx, contactAsked, facts);
}

/**
 * Registers it at once, so that the page can say its number. The fact that was told with the rating does it
 * later where this fails: the rating stands, and so does the wish.
 */
export async function askSoon(
  { keys, log }: Deps,
  desk: ContactDesk,
  token: string,
): Promise<string | undefined> {
  const invitation = readToken(keys, token);
  if (invitation === null) return undefined;
  const { cityCode, stepId, assessNumber } = invitation;
  try {
    return await desk.ask({ cityCode, stepId, assessNumber });
  } catch (error) {
    log.warn({ err: error }, 'a wish to be contacted is registered later');
    return undefined;
  }
}
