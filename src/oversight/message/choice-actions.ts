import { randomInt } from 'node:crypto';
import { dayOf } from '../../kernel/day.ts';
import { type Lang, parseLang } from '../../kernel/lang.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { equalBytes } from '../../platform/crypto.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { sendMail } from '../../platform/mail.ts';
import type { Actor } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { modesOf } from './choice.ts';
import type { ChoiceForm, ChoiceView } from './choice-contract.ts';
import { type ChoiceRow, findChoices, holdChoice, updateChoice } from './choice-store.ts';
import { type Owner, ownerOf } from './owner-actions.ts';
import { messageRulesOn } from './rules.ts';
import { TITLES } from './words.ts';

const MINUTE_MS = 60_000;
const CODES = 1_000_000;
/** What a person has who has chosen nothing. */
const NOTHING: Omit<ChoiceRow, 'user_id'> = {
  lang: 'zh-CN',
  address_sealed: null,
  waiting_sealed: null,
  code_hash: null,
  code_until: null,
  code_sent_at: null,
  code_tries: 0,
  by_mail: {},
  quiet_from: null,
  quiet_to: null,
  quiet_rest_days: null,
  digest_at: null,
};

/** How the reader wants to hear of things. */
export async function choiceOf(deps: Deps, actor: Actor): Promise<ChoiceView> {
  const { cityCode, userId } = ownerOf(actor);
  const [row] = await findChoices(deps.db.app, cityCode, [userId]);
  return viewOf(deps, row ?? { user_id: userId, ...NOTHING });
}

function viewOf({ config, clock, keys }: Deps, row: ChoiceRow): ChoiceView {
  const now = clock.now();
  const { quiet, digestAt } = messageRulesOn(dayOf(now));
  const open = (sealed: Buffer | null) => sealed && keys.open('message.address', sealed);
  const { quiet_from: from, quiet_to: to, quiet_rest_days: restDays } = row;
  const waits = row.code_until !== null && row.code_until > now;
  return {
    mail: config.mail !== null,
    address: open(row.address_sealed),
    waiting: waits ? open(row.waiting_sealed) : null,
    byMail: modesOf(row.by_mail),
    quiet: from !== null && to !== null && restDays !== null ? { from, to, restDays } : null,
    digestAt: row.digest_at,
    lang: parseLang(row.lang) ?? 'zh-CN',
    rule: { quiet, digestAt },
  };
}

/** Changes how the reader hears of things from now on; what is already planned stays. */
export async function chooseMessages(deps: Deps, actor: Actor, form: ChoiceForm): Promise<ChoiceView> {
  await changing(deps, actor, 'message.choice_changed', async () => ({
    by_mail: form.byMail,
    quiet_from: form.quiet?.from ?? null,
    quiet_to: form.quiet?.to ?? null,
    quiet_rest_days: form.quiet?.restDays ?? null,
    digest_at: form.digestAt,
    lang: form.lang,
  }));
  return await choiceOf(deps, actor);
}

type Change = Parameters<typeof updateChoice>[2];

async function changing(
  deps: Deps,
  actor: Actor,
  action: string | null,
  change: (held: { tx: Tx; row: ChoiceRow; owner: Owner; at: Date }) => Promise<Change>,
): Promise<void> {
  const owner = ownerOf(actor);
  const { cityCode, userId } = owner;
  const at = deps.clock.now();
  await inTx(deps.db, async (tx) => {
    const row = await holdChoice(tx, cityCode, userId, at);
    await updateChoice(tx, owner, await change({ tx, row, owner, at }), at);
    if (action === null) return;
    // Which address it is is nobody's business but the person's.
    await audit(tx, { actor, action, subjectKind: 'user', subjectId: actor.name, detail: {}, cityCode, at });
  });
}

/**
 * Sends a code to an address, which is used once the code has come back.
 * @throws Refusal `mail.not_set_up`, `mail.too_soon`, `mail.not_sent`
 */
export async function nameAddress(
  deps: Deps,
  actor: Actor,
  address: string,
  lang: Lang,
): Promise<ChoiceView> {
  if (deps.config.mail === null) throw new Refusal('mail.not_set_up');
  const { minutes, pauseMinutes } = messageRulesOn(dayOf(deps.clock.now())).code;
  const code = String(randomInt(CODES)).padStart(6, '0');
  await changing(deps, actor, null, async ({ row, owner, at }) => {
    const next = (row.code_sent_at?.getTime() ?? 0) + pauseMinutes * MINUTE_MS;
    if (at.getTime() < next) throw new Refusal('mail.too_soon', { minutes: pauseMinutes });
    return {
      waiting_sealed: deps.keys.seal('message.address', address),
      code_hash: hashOf(deps, owner, code),
      code_until: new Date(at.getTime() + minutes * MINUTE_MS),
      code_sent_at: at,
      code_tries: 0,
    };
  });
  // Once the code is kept: no transaction waits for a mail server.
  const { subject, text } = TITLES.code[lang];
  const mail = { to: address, subject: subject(code), text: text(code, minutes) };
  const messageId = hashOf(deps, ownerOf(actor), `mail ${code}`).toString('hex').slice(0, 32);
  const outcome = await sendMail(deps, { ...mail, messageId });
  if (outcome.kind !== 'accepted') {
    await changing(deps, actor, null, async () => ({
      waiting_sealed: null,
      code_hash: null,
      code_until: null,
    }));
    throw new Refusal('mail.not_sent', { code: outcome.code }, { field: 'address' });
  }
  return await choiceOf(deps, actor);
}

function hashOf({ keys }: Deps, { cityCode, userId }: Owner, code: string): Buffer {
  return keys.hash('message-code', `${cityCode}/${userId}/${code}`);
}

/**
 * The code has come back: from now on the address is used.
 * @throws Refusal `mail.no_code`, `mail.wrong_code`
 */
export async function confirmAddress(deps: Deps, actor: Actor, code: string): Promise<ChoiceView> {
  const { tries } = messageRulesOn(dayOf(deps.clock.now())).code;
  let left: number | undefined;
  await changing(deps, actor, null, async ({ tx, row, owner, at }) => {
    const { code_hash: hash, code_until: until, code_tries: wrong, waiting_sealed: waiting } = row;
    if (hash === null || waiting === null || until === null || until <= at || wrong >= tries) {
      throw new Refusal('mail.no_code');
    }
    if (!equalBytes(hash, hashOf(deps, owner, code))) {
      // Kept, so that nobody may guess for ever.
      left = tries - wrong - 1;
      return { code_tries: wrong + 1 };
    }
    const { cityCode } = owner;
    const subject = { subjectKind: 'user', subjectId: actor.name, detail: {} };
    await audit(tx, { actor, action: 'message.address_confirmed', ...subject, cityCode, at });
    return {
      address_sealed: waiting,
      waiting_sealed: null,
      code_hash: null,
      code_until: null,
    };
  });
  if (left !== undefined) throw new Refusal('mail.wrong_code', { left }, { field: 'code' });
  return await choiceOf(deps, actor);
}

/** Takes the address away; nothing more goes there. */
export async function removeAddress(deps: Deps, actor: Actor): Promise<ChoiceView> {
  await changing(deps, actor, 'message.address_removed', async () => ({
    address_sealed: null,
    waiting_sealed: null,
    code_hash: null,
    code_until: null,
  }));
  return await choiceOf(deps, actor);
}
