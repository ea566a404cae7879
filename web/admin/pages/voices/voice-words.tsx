import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { VOICE_CHANNELS, VOICE_KINDS } from '../../../../src/feedback/voice/contract.ts';
import type { DeskVoiceRow } from '../../../../src/handling/resolution/desk-contract.ts';
import { ORDER_STATES } from '../../../../src/handling/work-order/contract.ts';
import { join } from '../../format.ts';
import { voiceWordsQuery } from './voice-query.ts';

export function VoiceKind({ kind }: { kind: string }) {
  const { t } = useTranslation();
  const known = VOICE_KINDS.find((one) => one === kind);
  return <>{known ? t(`voices.kinds.${known}`) : kind}</>;
}

export function VoiceChannel({ channel }: { channel: string }) {
  const { t } = useTranslation();
  const known = VOICE_CHANNELS.find((one) => one === channel);
  return <>{known ? t(`voices.channels.${known}`) : channel}</>;
}

/** Whom it is about; of a report of discipline nobody but its officer learns that. */
export function VoiceSubject({ voice }: { voice: DeskVoiceRow }) {
  const { t } = useTranslation();
  const { subjectKind: kind, subjectCode: code, subjectName: name } = voice;
  if (kind === null) return <span className="yp-quiet">{t('voices.noSubject')}</span>;
  return (
    <>
      <span className="yp-quiet">{t(`voices.subjects.${kind}`)}</span> {join([code, name])}
    </>
  );
}

/** How far it is: its order, or why there is none. */
export function VoiceState({ voice }: { voice: DeskVoiceRow }) {
  const { t } = useTranslation();
  if (voice.discipline) return <Tag color="purple">{t('voices.discipline')}</Tag>;
  if (voice.exclusion !== null) return <Tag>{t('voices.told')}</Tag>;
  const state = ORDER_STATES.find((one) => one === voice.state);
  return state ? <Tag color="processing">{t(`orders.state.${state}`)}</Tag> : <Tag>{t('voices.kept')}</Tag>;
}

/** Which case of a stuck matter, or why it isn't one. */
export function VoiceCategory({ voice }: { voice: DeskVoiceRow }) {
  const { data } = useQuery(voiceWordsQuery);
  const all = [...(data?.categories ?? []), ...(data?.exclusions ?? [])];
  const code = voice.exclusion ?? voice.category;
  return <>{all.find((one) => one.code === code)?.name ?? code}</>;
}
