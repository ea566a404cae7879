import { useTranslation } from 'react-i18next';
import type { PayLine } from '../../../../src/uses/pay/contract.ts';
import { count } from '../../format.ts';
import { Figure } from '../../parts/figure.tsx';
import type { Search } from '../../search.ts';
import { yuan } from '../scheme/yuan.ts';
import { paySums } from './pay-query.ts';

interface Props {
  lines: readonly PayLine[];
  /** Where the figures lead to; nowhere on the sheet itself. */
  link?: { to: string; search: Search };
}

/** What the month's sheet comes to. */
export function PayFigures({ lines, link = undefined }: Props) {
  const { t } = useTranslation();
  const { people, raised, lowered, held, upFen, downFen } = paySums(lines);
  const same = people - raised - lowered - held;
  return (
    <div className="yp-figures">
      <Figure name={t('pay.people')} value={count(people)} small={t('pay.same', { count: same })} {...link} />
      <Figure
        name={t('pay.up')}
        value={yuan(upFen, true)}
        small={t('pay.upCount', { count: raised })}
        {...link}
      />
      <Figure
        name={t('pay.down')}
        value={yuan(downFen)}
        small={t('pay.downCount', { count: lowered })}
        {...link}
      />
      <Figure
        name={t('pay.heldBack')}
        value={count(held)}
        small={t(held > 0 ? 'pay.heldHint' : 'pay.noneHeld')}
        {...link}
      />
    </div>
  );
}
