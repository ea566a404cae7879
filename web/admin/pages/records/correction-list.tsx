import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CorrectionView } from '../../../../src/intake/case/contract.ts';
import { moment } from '../../format.ts';

/** The corrections of one record, oldest kept: a correction stands beside the record, never over it. */
export function CorrectionList({ corrections }: { corrections: readonly CorrectionView[] }) {
  const { t } = useTranslation();
  if (corrections.length === 0) return <p className="yp-quiet">{t('corrections.none')}</p>;
  return (
    <ul className="yp-entries">
      {corrections.map((correction) => (
        <li key={correction.id}>
          <div>
            <CorrectionState state={correction.state} /> <Change correction={correction} />
          </div>
          <div>{correction.reason}</div>
          <div className="yp-quiet">
            {t('corrections.by', { name: correction.proposedBy, at: moment(correction.proposedAt) })}
            {correction.decidedBy
              ? t('corrections.decidedBy', { name: correction.decidedBy, at: moment(correction.decidedAt) })
              : null}
          </div>
          {correction.note ? <div className="yp-quiet">{correction.note}</div> : null}
        </li>
      ))}
    </ul>
  );
}

export function Change({ correction }: { correction: CorrectionView }) {
  const { t } = useTranslation();
  return (
    <span>
      {t('corrections.change', {
        field: t(`corrections.fields.${correction.field}`),
        before: correction.before ?? t('corrections.nothing'),
        after: correction.after ?? t('corrections.nothing'),
      })}
    </span>
  );
}

export function CorrectionState({ state }: { state: CorrectionView['state'] }) {
  const { t } = useTranslation();
  const color = { proposed: 'processing', approved: 'success', rejected: 'default' } as const;
  return <Tag color={color[state]}>{t(`corrections.state.${state}`)}</Tag>;
}
