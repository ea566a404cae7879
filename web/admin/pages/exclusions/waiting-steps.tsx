import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { UnverifiedRowView } from '../../../../src/handling/exclusion/contract.ts';

interface Props {
  row: UnverifiedRowView;
  uphold: (row: UnverifiedRowView) => void;
  exclude: (row: UnverifiedRowView) => void;
}

/** The two ways on from a bad rating; one that is proposed to be taken out waits for that first. */
export function WaitingSteps({ row, uphold, exclude }: Props) {
  const { t } = useTranslation();
  if (row.proposed) return <Tag color="processing">{t('exclusions.states.proposed')}</Tag>;
  return (
    <div className="yp-actions">
      <Button size="small" onClick={() => uphold(row)}>
        {t('exclusions.uphold')}
      </Button>
      <Button size="small" onClick={() => exclude(row)}>
        {t('exclusions.propose')}
      </Button>
    </div>
  );
}
