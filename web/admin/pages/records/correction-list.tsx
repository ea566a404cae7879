import { useQuery } from '@tanstack/react-query';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordView } from '../../../../src/intake/case/contract.ts';
import { type CorrectionView, correctionPage } from '../../../../src/intake/correction/contract.ts';
import { call } from '../../api/call.ts';
import { moment } from '../../format.ts';
import { Block } from '../../parts/facts.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';
import { CorrectionForm } from './correction-form.tsx';

/** The corrections of one record, and the way to propose another. */
export function Corrections({ record }: { record: RecordView }) {
  const { t } = useTranslation();
  const can = useCan();
  const [correcting, setCorrecting] = useState(false);
  const query = useQuery({
    queryKey: ['list', '/corrections', record.stepId],
    queryFn: ({ signal }) =>
      call(correctionPage, '/corrections', { query: { stepId: record.stepId }, signal }),
  });
  return (
    <Block
      title={t('records.corrections')}
      extra={
        can('record.correct') && !correcting ? (
          <Button size="small" onClick={() => setCorrecting(true)}>
            {t('corrections.propose')}
          </Button>
        ) : null
      }
    >
      {correcting ? <CorrectionForm record={record} onDone={() => setCorrecting(false)} /> : null}
      <Loaded query={query}>{({ items }) => <CorrectionList corrections={items} />}</Loaded>
    </Block>
  );
}

/** The corrections of one record, oldest kept: a correction stands beside the record, never over it. */
function CorrectionList({ corrections }: { corrections: readonly CorrectionView[] }) {
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
