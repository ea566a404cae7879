import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type PostingView, type StaffDetail, staffDetail } from '../../../../src/registry/staff/contract.ts';
import { call } from '../../api/call.ts';
import { DetailDrawer } from '../../parts/detail-drawer.tsx';
import { Block, Facts } from '../../parts/facts.tsx';
import { WindowLink } from '../../parts/registry-links.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useCan } from '../../session.ts';

/** One member of staff with all postings, and the ways to what the person did. */
export function PersonDrawer() {
  const { t } = useTranslation();
  const { staffNo } = useParams({ from: '/office/staff/$staffNo' });
  const query = useQuery({
    queryKey: ['person', staffNo],
    queryFn: ({ signal }) => call(staffDetail, `/registry/staff/${encodeURIComponent(staffNo)}`, { signal }),
  });
  return (
    <DetailDrawer title={query.data?.name ?? t('subject.staff')} back="/staff">
      <Loaded query={query}>
        {(person) => (
          <>
            <Person person={person} />
            <Block title={t('registry.postings')}>
              <Postings postings={person.postings} />
            </Block>
          </>
        )}
      </Loaded>
    </DetailDrawer>
  );
}

function Person({ person }: { person: StaffDetail }) {
  const { t } = useTranslation();
  const can = useCan();
  const { staffNo } = person;
  return (
    <Block title={person.name}>
      <Facts
        facts={[
          [t('field.staffNo'), staffNo],
          [t('registry.identity'), t(`identityGroup.${person.identity}`)],
          [
            t('field.department'),
            <Link key="department" to="/departments" search={{ q: person.departmentCode }}>
              {person.departmentName}
            </Link>,
          ],
        ]}
      />
      <div className="yp-actions yp-inline-form">
        {can('record.read') ? (
          <Link to="/records" search={{ staff: staffNo }}>
            {t('nav.records')}
          </Link>
        ) : null}
        {can('rating.read') ? (
          <Link to="/ratings" search={{ staff: staffNo }}>
            {t('nav.ratings')}
          </Link>
        ) : null}
        {can('score.read') ? (
          <Link to="/scores" search={{ q: staffNo }}>
            {t('nav.scores')}
          </Link>
        ) : null}
      </div>
    </Block>
  );
}

function Postings({ postings }: { postings: readonly PostingView[] }) {
  const { t } = useTranslation();
  if (postings.length === 0) return <p className="yp-quiet">{t('registry.noPostings')}</p>;
  return (
    <Scroll label={t('registry.postings')}>
      <table className="yp-lines">
        <thead>
          <tr>
            <th scope="col">{t('field.window')}</th>
            <th scope="col">{t('users.role')}</th>
            <th scope="col">{t('registry.fromDay')}</th>
            <th scope="col">{t('registry.toDay')}</th>
          </tr>
        </thead>
        <tbody>
          {postings.map((posting) => (
            <tr key={`${posting.windowCode} ${posting.role} ${posting.fromDate}`}>
              <td>
                <WindowLink code={posting.windowCode} name={posting.windowName} />
              </td>
              <td className="yp-nowrap">{t(`postingRole.${posting.role}`)}</td>
              <td className="yp-nowrap">{posting.fromDate}</td>
              <td className="yp-nowrap">{posting.toDate ?? t('registry.untilNow')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
