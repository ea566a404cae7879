import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CommentDetail, commentDetail } from '../../../../src/feedback/comment/contract.ts';
import { call } from '../../api/call.ts';
import { join, moment } from '../../format.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { FileRow } from '../../parts/file-row.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Channel, Level, RatingTags } from '../../parts/rating-words.tsx';
import { Loaded } from '../../parts/states.tsx';
import { FilePick } from '../appeals/file-pick.tsx';
import { commentQuery, forget, sendEvidence } from './comment-query.ts';
import { InspectionState, SubjectName } from './comment-words.tsx';

/** One comment: what was said and about what; of an inspection also who stands for it. */
export function CommentDrawer() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/office/comments/$id' });
  const query = useQuery(commentQuery(id));
  const title = query.data
    ? t(`comments.title.${query.data.mode}`, { at: moment(query.data.occurredAt) })
    : t('nav.comments');
  return (
    <DetailDrawer title={title} back="/comments">
      <Loaded query={query}>
        {(comment) => (
          <>
            <Said comment={comment} />
            {comment.mode === 'inspect' ? <Evidence comment={comment} /> : null}
            {comment.may.decide ? <Decision id={comment.id} /> : null}
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Said({ comment }: { comment: CommentDetail }) {
  const { t } = useTranslation();
  return (
    <Block
      title={t('ratings.said')}
      extra={comment.state ? <InspectionState state={comment.state} /> : undefined}
    >
      <p className="yp-big">
        <Level level={comment.satisfaction} />
      </p>
      <RatingTags tags={comment.tags} />
      {comment.text ? <blockquote className="yp-pre">{comment.text}</blockquote> : null}
      <Facts
        facts={[
          [t('ratings.mode'), t(`ratings.modes.${comment.mode}`)],
          [t('comments.subject'), <SubjectName key="subject" comment={comment} />],
          [t('field.department'), join([comment.departmentName, comment.departmentCode])],
          [t('ratings.channel'), <Channel key="channel" code={comment.channel} />],
          [t('comments.at'), moment(comment.occurredAt)],
          [t('ratings.recordedAt'), moment(comment.receivedAt)],
          [t('ratings.receipt'), <code key="receipt">{comment.receipt}</code>],
          [t('comments.recordedBy'), comment.recordedBy],
          [t('comments.decidedBy'), join([comment.decidedBy, moment(comment.decidedAt)])],
          [t('comments.note'), comment.note],
        ]}
      />
      {comment.mode === 'public' ? <p className="yp-hint">{t('comments.apart')}</p> : null}
    </Block>
  );
}

function Evidence({ comment }: { comment: CommentDetail }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: async (files: File[]) => {
      for (const file of files) await sendEvidence(comment.id, file);
    },
    onSettled: () => forget(cache),
  });
  return (
    <Block title={t('comments.evidence')}>
      <ProblemAlert error={add.error} />
      {comment.files.length === 0 ? <p className="yp-quiet">{t('comments.noEvidence')}</p> : null}
      <ul className="yp-entries">
        {comment.files.map((file) => (
          <FileRow key={file.id} path={`/comments/${comment.id}/files/${file.id}`} file={file} />
        ))}
      </ul>
      {comment.may.attach ? (
        <div className="yp-inline-form">
          <FilePick busy={add.isPending} onPick={(files) => add.mutate(files)} />
        </div>
      ) : null}
    </Block>
  );
}

function Decision({ id }: { id: string }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [note, setNote] = useState('');
  const decide = useMutation({
    mutationFn: (outcome: 'confirmed' | 'rejected') =>
      call(commentDetail, `/inspections/${id}/decision`, {
        body: { outcome, ...(note === '' ? {} : { note }) },
      }),
    onSuccess: () => forget(cache),
  });
  return (
    <Block title={t('comments.decide')}>
      <p className="yp-hint">{t('comments.decideHint')}</p>
      <ProblemAlert error={decide.error} />
      <Form layout="vertical" className="yp-inline-form">
        <Form.Item label={t('comments.note')} htmlFor="decision-note">
          <Input.TextArea
            id="decision-note"
            rows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </Form.Item>
      </Form>
      <div className="yp-actions">
        <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate('confirmed')}>
          {t('comments.confirm')}
        </Button>
        <Button loading={decide.isPending} onClick={() => decide.mutate('rejected')}>
          {t('comments.reject')}
        </Button>
      </div>
    </Block>
  );
}
