import { deskRules } from '../../feedback/stuck-matter/index.ts';
import {
  type ListedVoice,
  mayRead,
  VOICE_FILES,
  type VoiceFilter,
  type VoiceForm,
  voiceFor,
  voicesFor,
} from '../../feedback/voice/index.ts';
import { dayOf, formatMoment, isoMoment } from '../../kernel/day.ts';
import type { Lang } from '../../kernel/lang.ts';
import { Refusal } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { pageOf } from '../../platform/cursor.ts';
import type { Deps } from '../../platform/deps.ts';
import type { OutTable } from '../../platform/files-write.ts';
import { filesOf, openFile, receiveFile } from '../../platform/stored-file.ts';
import { EXPORT_ROWS, exported } from '../../registry/region/index.ts';
import { type LimitsOf, ordersOfVoices, type VoiceOrder } from '../work-order/index.ts';
import { handInVoice } from './actions.ts';
import { type DecisionRow, findDecisions } from './decision-store.ts';
import type { DeskVoiceRow, DeskVoiceView, DeskWords } from './desk-contract.ts';
import { mayDecide, mayPropose } from './fault-actions.ts';

/** The lists of the desk, in the reader's language. */
export function wordsOfDesk(deps: Deps, lang: Lang): DeskWords {
  const { categories, exclusions } = deskRules(dayOf(deps.clock.now()));
  return {
    categories: categories.map(({ code, words }) => ({ code, name: words[lang] })),
    exclusions: exclusions.map(({ code, words, remedy }) => ({
      code,
      name: words[lang],
      remedy: remedy[lang],
    })),
  };
}

/** Registers what the hall took down; answers the voice. @throws Refusal as `receiveVoice` */
export async function recordVoice(
  deps: Deps,
  actor: Actor,
  form: VoiceForm,
  limitsOf: LimitsOf,
): Promise<string> {
  const { voiceId } = await handInVoice(deps, actor, form, limitsOf);
  return voiceId;
}

function rowOf(voice: ListedVoice, order: VoiceOrder | undefined): DeskVoiceRow {
  return {
    id: voice.voice_id,
    number: voice.number,
    kind: voice.kind,
    channel: voice.channel,
    category: voice.category,
    exclusion: voice.exclusion,
    ...hidden(voice),
    departmentName: voice.department_name,
    projectNo: voice.discipline_at === null ? voice.project_no : null,
    receivedAt: isoMoment(voice.received_at),
    recordedBy: voice.recorded_by,
    named: voice.named,
    discipline: voice.discipline_at !== null,
    orderId: order?.orderId ?? null,
    state: order?.state ?? null,
    dueAt: order === undefined ? null : isoMoment(order.dueAt),
  };
}

/** Whom a report of discipline is about is part of what only its officer reads. */
function hidden(voice: ListedVoice) {
  const shown = voice.discipline_at === null;
  return {
    subjectKind: shown ? voice.subject_kind : null,
    subjectCode: shown ? voice.subject_code : null,
    subjectName: shown ? voice.subject_name : null,
  };
}

type Query = Omit<VoiceFilter, 'format' | 'lang'>;

/** The register of voices within the actor's scope. */
export async function voicePage(deps: Deps, actor: Actor, query: Query) {
  const reader = deps.db.read;
  const rows = await voicesFor(reader, actor, query);
  const ids = rows.map(({ voice_id: id }) => id);
  const orders = await ordersOfVoices(reader, actor.cityCode, ids);
  return pageOf(
    rows,
    query.limit,
    (row) => rowOf(row, orders.get(row.voice_id)),
    (row) => [row.received_at.toISOString(), row.voice_id],
  );
}

/** The same as a table: what was said and who spoke stay where they are. */
export async function voiceTable(deps: Deps, actor: Actor, query: Query): Promise<OutTable> {
  const all = { ...query, cursor: undefined, limit: EXPORT_ROWS };
  const { items } = await voicePage(deps, actor, all);
  return await exported(deps, actor, 'voices', {
    columns: [
      ...['number', 'kind', 'channel', 'category', 'exclusion', 'subject_kind', 'subject_code'],
      ...['department', 'project_no', 'received_at', 'recorded_by', 'discipline', 'state', 'due_at'],
    ],
    rows: items.map((row) => [
      ...[row.number, row.kind, row.channel, row.category, row.exclusion, row.subjectKind, row.subjectCode],
      ...[row.departmentName, row.projectNo, formatMoment(new Date(row.receivedAt)), row.recordedBy],
      ...[row.discipline ? 'yes' : '', row.state, row.dueAt && formatMoment(new Date(row.dueAt))],
    ]),
  });
}

/** One voice with its files and what was decided. @throws Refusal `voice.unknown`, `voice.own_matter` */
export async function readVoice(deps: Deps, actor: Actor, id: string, lang: Lang): Promise<DeskVoiceView> {
  requirePermission(actor, 'voice.read');
  const reader = deps.db.app;
  const { cityCode } = actor;
  const voice = await voiceFor(reader, actor, id);
  const order = (await ordersOfVoices(reader, cityCode, [id])).get(id);
  const readable = mayRead(actor, voice);
  const decisions = readable ? await findDecisions(reader, cityCode, id) : [];
  const files = readable ? await filesOf(reader, { cityCode, kind: VOICE_FILES, id }) : [];
  const { exclusions } = deskRules(dayOf(voice.recorded_at));
  const open = voice.discipline_at === null;
  const subject = {
    subjectKind: voice.subject_kind,
    subjectCode: voice.subject_code,
    subjectName: voice.subject_name,
    projectNo: voice.project_no,
  };
  return {
    ...rowOf(voice, order),
    ...(readable ? subject : {}),
    text: readable && voice.body !== '' ? voice.body : null,
    remedy: exclusions.find(({ code }) => code === voice.exclusion)?.remedy[lang] ?? null,
    files: files.map((file) => ({
      id: file.file_id,
      name: file.name,
      type: file.type,
      size: file.size_bytes,
      uploadedBy: file.uploaded_name,
      uploadedAt: isoMoment(file.uploaded_at),
    })),
    decisions: decisions.map(decisionOf),
    may: {
      attach: open && may(actor, 'voice.write'),
      propose: open && mayPropose(actor, voice, decisions),
      decide: open && mayDecide(actor, decisions),
      handOver: open && may(actor, 'voice.write'),
      praise: open && voice.kind === 'praise' && may(actor, 'voice.write'),
      openSpeaker: !open && voice.named && may(actor, 'discipline.read'),
      giveBack: !open && may(actor, 'discipline.read'),
    },
  };
}

function may(actor: Actor, permission: 'voice.write' | 'discipline.read'): boolean {
  return actor.kind === 'user' && actor.permissions.has(permission);
}

function decisionOf(row: DecisionRow): DeskVoiceView['decisions'][number] {
  return {
    outcome: row.outcome,
    subjectKind: row.subject_kind,
    subjectCode: row.subject_code,
    reason: row.reason,
    state: row.state,
    proposedBy: row.proposed_name,
    proposedAt: isoMoment(row.proposed_at),
    decidedBy: row.decided_name,
    decidedAt: row.decided_at === null ? null : isoMoment(row.decided_at),
    note: row.decision_note,
    chargedWith: row.charged_with,
  };
}

/** Adds a letter, a scan or a recording's notes. @throws Refusal `voice.*`, `file.*` */
export async function attachToVoice(
  deps: Deps,
  actor: Actor,
  id: string,
  incoming: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<void> {
  requirePermission(actor, 'voice.write');
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  const { cityCode } = actor;
  const voice = await voiceFor(deps.db.app, actor, id);
  if (voice.discipline_at !== null) throw new Refusal('voice.discipline');
  await receiveFile(
    deps,
    { cityCode, kind: VOICE_FILES, id },
    {
      ...incoming,
      by: { id: actor.id, name: actor.name },
      admit: async (tx, file) => {
        await audit(tx, {
          actor,
          action: 'voice.file_added',
          subjectKind: 'voice',
          subjectId: voice.number,
          detail: { type: file.type, bytes: file.size_bytes, sha256: file.sha256 },
          cityCode,
          at: file.uploaded_at,
        });
      },
    },
  );
}

/** An attachment with its content. @throws Refusal `voice.*`, `file.unknown` */
export async function openVoiceFile(deps: Deps, actor: Actor, wanted: { id: string; fileId: string }) {
  requirePermission(actor, 'voice.read');
  const voice = await voiceFor(deps.db.app, actor, wanted.id);
  if (!mayRead(actor, voice)) throw new Refusal('voice.discipline');
  return await openFile(deps, { cityCode: actor.cityCode, kind: VOICE_FILES, id: wanted.id }, wanted.fileId);
}
