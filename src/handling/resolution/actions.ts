import { type PublicComment, publicComment } from '../../feedback/comment/index.ts';
import { writtenSuggestion } from '../../feedback/questionnaire/index.ts';
import { nationalRules } from '../../feedback/rating/index.ts';
import { receiveVoice, VOICE_FILES, type Voice, type VoiceForm } from '../../feedback/voice/index.ts';
import { isoMoment } from '../../kernel/day.ts';
import { type Actor, requirePermission, systemActor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx, type Tx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { keepFile, type StagedFile } from '../../platform/stored-file.ts';
import { type LimitsOf, type OpenedOrder, openOrder } from '../work-order/index.ts';
import type { VoiceAnswer } from './contract.ts';

/** What became of a voice handed in. */
interface HandedIn {
  readonly voiceId: string;
  readonly answer: VoiceAnswer;
  readonly isNew: boolean;
}

/**
 * Registers a voice and opens the order that answers it, both or neither. The same id of the same sender
 * again answers what stands.
 *
 * @throws Refusal as `receiveVoice`
 */
export async function handInVoice(
  deps: Deps,
  actor: Actor,
  form: VoiceForm,
  limitsOf: LimitsOf,
): Promise<HandedIn> {
  requirePermission(actor, 'voice.write');
  return await registerVoice(deps, actor, form, limitsOf);
}

/** The same for whoever may speak without an account; files that came with the form are kept with it. */
export async function registerVoice(
  deps: Deps,
  actor: Actor,
  form: VoiceForm,
  limitsOf: LimitsOf,
  files: readonly StagedFile[] = [],
): Promise<HandedIn> {
  const at = deps.clock.now();
  return await inTx(deps.db, async (tx) => {
    const { voice, isNew } = await receiveVoice(tx, deps, actor, form);
    if (isNew) await keepFiles(tx, actor, voice, files, at);
    const { voice_id: voiceId } = voice;
    const asked = orderFor(voice);
    if (asked === undefined) {
      const state = stateWithoutOrder(voice);
      return { voiceId, answer: { number: voice.number, dueAt: null, state }, isNew };
    }
    const limits = await limitsOf(tx, actor.cityCode, at);
    const { order } = await openOrder(tx, actor, asked, { limits, at });
    const answer = { number: order.number, dueAt: isoMoment(order.due_at), state: order.state };
    return { voiceId, answer, isNew };
  });
}

async function keepFiles(
  tx: Tx,
  actor: Actor,
  { city_code: cityCode, voice_id: id, number: subjectId }: Voice,
  files: readonly StagedFile[],
  at: Date,
): Promise<void> {
  for (const staged of files) {
    const file = await keepFile(tx, { cityCode, kind: VOICE_FILES, id }, staged, at);
    const detail = { type: file.type, bytes: file.size_bytes, sha256: file.sha256 };
    const what = { action: 'voice.file_added', subjectKind: 'voice', subjectId, detail };
    await audit(tx, { actor, ...what, cityCode, at });
  }
}

/**
 * Has a bad public comment answered like a suggestion: it names no case, so it proves nothing against anybody
 * and charges nobody, but somebody has to look into it. A repeat opens nothing more.
 */
export async function answerBadComment(
  deps: Deps,
  { cityCode, commentId }: { cityCode: string; commentId: string },
  limitsOf: LimitsOf,
): Promise<void> {
  const comment = await publicComment(deps.db.app, cityCode, commentId);
  if (comment === undefined) return;
  const form: VoiceForm = {
    id: commentId,
    channel: 'web',
    kind: 'suggestion',
    ...subjectOf(comment),
    text: textOf(comment),
    receivedAt: isoMoment(comment.receivedAt),
  };
  await handInVoice(deps, systemActor(cityCode, 'comment'), form, limitsOf);
}

/**
 * Has what was written into a questionnaire as a suggestion answered: it opens an order at the department of
 * the window, with nothing else of the sheet. A repeat opens nothing more.
 */
export async function answerWritten(
  deps: Deps,
  { cityCode, textId }: { cityCode: string; textId: string },
  limitsOf: LimitsOf,
): Promise<void> {
  const written = await writtenSuggestion(deps.db.app, cityCode, textId);
  if (written === undefined) return;
  const form: VoiceForm = {
    id: textId,
    channel: 'box',
    kind: 'suggestion',
    subjectKind: 'window',
    subjectCode: written.windowCode,
    text: `问卷《${written.title}》（${written.number}）：\n${written.body}`,
    receivedAt: isoMoment(deps.clock.now()),
  };
  await handInVoice(deps, systemActor(cityCode, 'questionnaire'), form, limitsOf);
}

/** What is about an item is answered by the department that owns it; a platform is nobody's yet. */
function subjectOf(comment: PublicComment): Pick<VoiceForm, 'subjectKind' | 'subjectCode'> {
  const { subject, departmentCode } = comment;
  if (subject.kind === 'window') return { subjectKind: 'window', subjectCode: subject.code };
  return departmentCode === null ? {} : { subjectKind: 'department', subjectCode: departmentCode };
}

/** Level, tags and words of a comment, as whoever answers it reads them. */
function textOf({ subject, level, tags, text }: PublicComment): string {
  const rules = nationalRules();
  const said = tags.flatMap((tag) => rules.tags.get(tag)?.words['zh-CN'] ?? []);
  const about = subject.kind === 'window' || subject.kind === 'department' ? '' : `（${subject.code}）`;
  const head = `综合点评${about}：${rules.levels.get(level)?.['zh-CN']}`;
  return [head, said.join('、'), text ?? ''].filter((part) => part !== '').join('\n');
}

function stateWithoutOrder(voice: Voice): string {
  if (voice.discipline_at !== null) return 'handed_over';
  return voice.exclusion === null ? 'received' : 'told';
}

/** The order that a voice asks for; praise asks for none, and neither does what was told at once. */
export function orderFor(voice: Voice): OpenedOrder | undefined {
  const { kind } = voice;
  if (kind === 'praise' || voice.exclusion !== null || voice.discipline_at !== null) return undefined;
  return {
    kind,
    sourceId: voice.voice_id,
    voiceId: voice.voice_id,
    number: voice.number,
    projectNo: voice.project_no,
    concernedStaff: voice.subject_kind === 'staff' ? voice.subject_code : null,
    windowCode: voice.subject_kind === 'window' ? voice.subject_code : null,
    regionCode: voice.region_code,
    ownerDepartment: voice.department_code,
    from: voice.received_at,
  };
}
