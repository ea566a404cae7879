import { isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { decodeMomentCursor, pageOf } from '../../platform/cursor.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Actor } from '../access/index.ts';
import type { MessageQuery, MessageView } from './contract.ts';
import { type Group, KINDS, kindOf, kindsOf } from './kind.ts';
import { ownerOf } from './owner-actions.ts';
import { countUnread, listMessages, type MessageRow, markRead } from './store.ts';
import { messageText } from './words.ts';

const ID = /^[0-9a-f-]{36}$/;
/** A badge shows no more than this. */
const BADGE_MOST = 100;

/** The reader's own messages, the newest first, worded in the reader's language. */
export async function inboxOf(
  deps: Deps,
  actor: Actor,
  { group, state, cursor, limit }: MessageQuery,
  lang: Lang,
): Promise<{ items: MessageView[]; next: string | null }> {
  const after = decodeMomentCursor(cursor, ID);
  const kinds = group && kindsOf(group);
  const rows = await listMessages(deps.db.app, ownerOf(actor), { kinds, state, after, limit: limit + 1 });
  return pageOf(
    rows,
    limit,
    (row) => viewOf(row, lang),
    (row) => [row.created_at.toISOString(), row.message_id],
  );
}

function viewOf(row: MessageRow, lang: Lang): MessageView {
  const kind = kindOf(row.kind);
  return {
    id: row.message_id,
    kind: row.kind,
    group: kind === undefined ? null : KINDS[kind].group,
    urgent: kind !== undefined && KINDS[kind].urgent === true,
    text: messageText(row.kind, row.params, lang),
    link: row.link,
    createdAt: isoMoment(row.created_at),
    readAt: row.read_at && isoMoment(row.read_at),
  };
}

/** How many messages the reader hasn't read, counted as far as a badge shows. */
export async function unreadOf(deps: Deps, actor: Actor): Promise<{ count: number }> {
  return { count: await countUnread(deps.db.app, ownerOf(actor), BADGE_MOST) };
}

/** Marks messages of the reader as read; a repeat, or somebody else's message, changes nothing. */
export async function readMessages(deps: Deps, actor: Actor, ids: readonly string[]): Promise<void> {
  const owner = ownerOf(actor);
  await inTx(deps.db, (tx) => markRead(tx, owner, { ids, at: deps.clock.now() }));
}

/** Marks what has come up to a message; what comes while the page is open stays unread. */
export async function readAllMessages(
  deps: Deps,
  actor: Actor,
  { upTo, group }: { upTo: string; group?: Group | undefined },
): Promise<void> {
  const owner = ownerOf(actor);
  const which = { upTo, kinds: group && kindsOf(group), at: deps.clock.now() };
  await inTx(deps.db, (tx) => markRead(tx, owner, which));
}
