import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import {
  type CommentRow,
  PLATFORMS,
  type InspectionState as State,
} from '../../../../src/feedback/comment/contract.ts';

/** What a comment is about, by kind, number and name. */
export function SubjectName({ comment }: { comment: CommentRow }) {
  const { t } = useTranslation();
  const { subjectKind: kind, subjectCode: code, subjectName: name } = comment;
  const platform = PLATFORMS.find((one) => one === code);
  const said = kind === 'platform' && platform ? t(`comments.platforms.${platform}`) : (name ?? code);
  return (
    <>
      <span className="yp-quiet">{t(`comments.kinds.${kind}`)}</span> {kind === 'window' ? `${code} ` : ''}
      {said}
    </>
  );
}

const colors = { waiting: 'processing', confirmed: 'success', rejected: 'default' } as const;

export function InspectionState({ state }: { state: State }) {
  const { t } = useTranslation();
  return <Tag color={colors[state]}>{t(`comments.states.${state}`)}</Tag>;
}
