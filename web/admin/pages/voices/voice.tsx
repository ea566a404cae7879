import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { DeskVoiceView } from '../../../../src/handling/resolution/desk-contract.ts';
import { moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { FileRow } from '../../parts/file-row.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { FilePick } from '../appeals/file-pick.tsx';
import { VoicePraise } from './praise-form.tsx';
import { VoiceDiscipline, VoiceFault } from './voice-decision.tsx';
import { forget, sendFile, voiceQuery } from './voice-query.ts';
import { VoiceCategory, VoiceChannel, VoiceKind, VoiceState, VoiceSubject } from './voice-words.tsx';

/** One voice: what was said, how far it is, what two people made of it. */
export function VoiceDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/voices/$id' });
  const query = useQuery(voiceQuery(id));
  return (
    <DetailDrawer title={query.data?.number ?? t('nav.voices')} back="/voices">
      <Loaded query={query}>
        {(voice) => (
          <>
            <Said voice={voice} />
            {voice.discipline && voice.text === null ? null : <Files voice={voice} />}
            <VoiceFault voice={voice} />
            {voice.may.praise ? <VoicePraise id={voice.id} /> : null}
            <VoiceDiscipline voice={voice} />
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Said({ voice }: { voice: DeskVoiceView }) {
  const { t } = useTranslation();
  return (
    <Block title={t('voices.said')} extra={<VoiceState voice={voice} />}>
      {voice.text === null ? (
        <p className="yp-quiet">{t(voice.discipline ? 'voices.disciplineOnly' : 'orders.notShown')}</p>
      ) : (
        <blockquote className="yp-pre">{voice.text}</blockquote>
      )}
      {voice.remedy ? <p className="yp-hint">{t('voices.toldRemedy', { remedy: voice.remedy })}</p> : null}
      <Facts
        facts={[
          [t('voices.kind'), <VoiceKind key="kind" kind={voice.kind} />],
          [
            t('voices.category'),
            voice.category || voice.exclusion ? <VoiceCategory key="category" voice={voice} /> : null,
          ],
          [t('voices.channel'), <VoiceChannel key="channel" channel={voice.channel} />],
          [t('voices.subject'), <VoiceSubject key="subject" voice={voice} />],
          [t('field.department'), voice.departmentName],
          [t('field.projectNo'), voice.projectNo],
          [t('voices.receivedAt'), moment(voice.receivedAt)],
          [t('voices.recordedBy'), voice.recordedBy],
          [t('voices.dueAt'), moment(voice.dueAt)],
          [
            t('voices.order'),
            voice.orderId ? (
              <Link key="order" to="/orders/$id" params={{ id: voice.orderId }}>
                {t('voices.openOrder')}
              </Link>
            ) : null,
          ],
        ]}
      />
      <p className="yp-quiet">{t(voice.named ? 'orders.named' : 'orders.anonymous')}</p>
    </Block>
  );
}

function Files({ voice }: { voice: DeskVoiceView }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) await sendFile(voice.id, file);
    },
    onSettled: () => forget(cache),
  });
  return (
    <Block title={t('voices.files')}>
      <ProblemAlert error={add.error} />
      {voice.files.length === 0 ? <p className="yp-quiet">{t('voices.noFiles')}</p> : null}
      <ul className="yp-entries">
        {voice.files.map((file) => (
          <FileRow key={file.id} path={`/voices/${voice.id}/files/${file.id}`} file={file} />
        ))}
      </ul>
      {voice.may.attach ? <FilePick busy={add.isPending} onPick={(files) => add.mutate(files)} /> : null}
    </Block>
  );
}
