import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { App, Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { type SummaryView, summaryView } from '../../../../src/handling/resolution/summary-contract.ts';
import { dayOf } from '../../../../src/kernel/day.ts';
import { monthOf } from '../../../../src/kernel/month.ts';
import { now } from '../../../ui/clock.ts';
import { call, download } from '../../api/call.ts';
import { ExportButtons } from '../../parts/export-buttons.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { sentenceOf } from '../../parts/problem-alert.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';

const GROUPS = ['category', 'cause', 'department', 'window', 'item'] as const;

/** The stuck matters of a month: how many, what they were due to, and what was done. */
export function StuckSummaryPage() {
  const { t, i18n } = useTranslation();
  const search = useSearch({ from: '/office/stuck-summary' });
  const navigate = useNavigate();
  const month = search.month ?? monthOf(dayOf(now()));
  const query = useQuery({
    queryKey: ['stuck-summary', month, i18n.language],
    queryFn: ({ signal }) => call(summaryView, '/stuck-summary', { query: { month }, signal }),
  });
  return (
    <>
      <PageHead title={t('nav.stuckSummary')} hint={t('summary.hint')}>
        <DatePicker
          picker="month"
          aria-label={t('scores.month')}
          allowClear={false}
          value={dayjs(month)}
          onChange={(day) =>
            void navigate({ to: '/stuck-summary', search: { month: day?.format('YYYY-MM') } })
          }
        />
        <Reports month={month} />
      </PageHead>
      <Loaded query={query}>{(view) => <Summary view={view} />}</Loaded>
    </>
  );
}

function Reports({ month }: { month: string }) {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const { message } = App.useApp();
  const lang = i18n.language === 'en' ? 'en' : 'zh';
  const docx = useMutation({
    mutationFn: () => download('/stuck-summary/report', { month, lang, format: 'docx' }),
    onError: (error) => message.error(sentenceOf(error, t('state.offline.text'), t('state.failed.text'))),
  });
  if (!can('export.run')) return null;
  return (
    <>
      <Button href={`/admin/api/stuck-summary/report?month=${month}&lang=${lang}`} target="_blank">
        {t('summary.print')}
      </Button>
      <Button loading={docx.isPending} onClick={() => docx.mutate()}>
        {t('summary.docx')}
      </Button>
      <ExportButtons path="/stuck-summary" query={{ month, lang }} />
    </>
  );
}

function Summary({ view }: { view: SummaryView }) {
  const { t } = useTranslation();
  const figures = ['received', 'told', 'handled', 'ended', 'withdrawn', 'onTime', 'overdue'] as const;
  const more = ['extended', 'reopened', 'joint', 'meetings'] as const;
  return (
    <>
      <Block title={view.month}>
        <Facts facts={[...figures, ...more].map((one) => [t(`summary.${one}`), String(view[one])])} />
      </Block>
      {GROUPS.map((group) =>
        view.groups[group].length === 0 ? null : <Counts key={group} group={group} view={view} />,
      )}
      <Block title={t('summary.repeated')}>
        {view.repeated.length === 0 ? <p className="yp-quiet">{t('summary.none')}</p> : null}
        {view.repeated.map((one) => (
          <div key={`${one.cause} ${one.departmentName}`}>
            <strong>
              {one.departmentName} · {one.cause}
            </strong>
            <ul className="yp-entries">
              {one.matters.map(({ number, done }) => (
                <li key={number}>
                  {number} <span className="yp-pre">{done ?? t('summary.open')}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Block>
    </>
  );
}

function Counts({ group, view }: { group: (typeof GROUPS)[number]; view: SummaryView }) {
  const { t } = useTranslation();
  const title = t(`summary.by.${group}`);
  return (
    <Block title={title}>
      <Scroll label={title}>
        <table className="yp-lines">
          <thead>
            <tr>
              <th scope="col" className="yp-nowrap">
                {t('summary.name')}
              </th>
              {(['count', 'onTime', 'overdue'] as const).map((one) => (
                <th key={one} scope="col" className="yp-num">
                  {t(`summary.${one}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.groups[group].map((one) => (
              <tr key={one.code}>
                <th scope="row" className="yp-nowrap">
                  {one.name}
                </th>
                <td className="yp-num">{one.count}</td>
                <td className="yp-num">{one.onTime}</td>
                <td className="yp-num">{one.overdue}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Block>
  );
}
