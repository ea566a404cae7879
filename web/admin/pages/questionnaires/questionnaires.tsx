import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import {
  type QuestionnaireRow,
  questionnaireDetail,
  questionnairePage,
} from '../../../../src/feedback/questionnaire/contract.ts';
import { call } from '../../api/call.ts';
import { count, moment } from '../../format.ts';
import { List } from '../../parts/list-page.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useCan } from '../../session.ts';
import { blankContent } from './content-edit.ts';
import { QuestionnaireTag, useWordsIn } from './questionnaire-words.tsx';

/** Questionnaires on site: what is being written, what is open, and how many have answered. */
export function QuestionnairesPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/questionnaires' });
  const wordsIn = useWordsIn();
  const can = useCan();
  return (
    <>
      <PageHead title={t('nav.questionnaires')} hint={t('questionnaires.hint')}>
        {can('questionnaire.write') ? <NewQuestionnaire /> : null}
      </PageHead>
      <List
        path="/questionnaires"
        schema={questionnairePage}
        query={{}}
        cursor={search.cursor}
        columns={columns(t, wordsIn)}
        rowKey={(row) => row.id}
        label={t('nav.questionnaires')}
        empty={{ title: t('questionnaires.empty.title'), text: t('questionnaires.empty.text') }}
      />
    </>
  );
}

function NewQuestionnaire() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const begin = useMutation({
    mutationFn: () =>
      call(questionnaireDetail, '/questionnaires', {
        body: { id: crypto.randomUUID(), content: blankContent },
      }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['list', '/questionnaires'] });
      await navigate({ to: '/questionnaires/$id', params: { id } });
    },
  });
  return (
    <>
      <ProblemAlert error={begin.error} />
      <Button type="primary" loading={begin.isPending} onClick={() => begin.mutate()}>
        {t('questionnaires.begin')}
      </Button>
    </>
  );
}

type WordsIn = ReturnType<typeof useWordsIn>;

function columns(t: TFunction, wordsIn: WordsIn): TableColumnsType<QuestionnaireRow> {
  return [
    { key: 'number', title: t('questionnaires.number'), className: 'yp-nowrap', dataIndex: 'number' },
    {
      key: 'title',
      title: t('questionnaires.title'),
      render: (_, row) => (
        <Link to="/questionnaires/$id" params={{ id: row.id }}>
          {wordsIn(row.title) || t('questionnaires.untitled')}
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('questionnaires.state'),
      className: 'yp-nowrap',
      render: (_, row) => <QuestionnaireTag state={row.state} />,
    },
    {
      key: 'version',
      title: t('questionnaires.version'),
      className: 'yp-nowrap',
      render: (_, row) =>
        row.version === null ? '' : t('questionnaires.versionNo', { version: row.version }),
    },
    {
      key: 'days',
      title: t('questionnaires.days'),
      className: 'yp-nowrap',
      render: (_, row) => (row.from === null ? '' : `${row.from} – ${row.until}`),
    },
    {
      key: 'sheets',
      title: t('questionnaires.sheets'),
      className: 'yp-num',
      render: (_, row) => count(row.sheets),
    },
    {
      key: 'changed',
      title: t('questionnaires.changedAt'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.changedAt),
    },
  ];
}
