import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type QuestionnaireDetail,
  questionnaireDetail,
} from '../../../../src/feedback/questionnaire/contract.ts';
import { call } from '../../api/call.ts';
import { join } from '../../format.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Builder } from './builder.tsx';
import { Opening } from './opening.tsx';
import { questionnaireQuery } from './questionnaire-query.ts';
import { QuestionnaireTag, useWordsIn } from './questionnaire-words.tsx';
import { Results } from './results.tsx';

const PARTS = ['results', 'questions', 'opening'] as const;
type Part = (typeof PARTS)[number];

/** One questionnaire: its questions, where it is open, and what was answered. */
export function QuestionnairePage() {
  const { id } = useParams({ from: '/office/questionnaires/$id' });
  const query = useQuery(questionnaireQuery(id));
  return <Loaded query={query}>{(found) => <Questionnaire key={found.id} found={found} />}</Loaded>;
}

function Questionnaire({ found }: { found: QuestionnaireDetail }) {
  const { t } = useTranslation();
  const { part } = useSearch({ from: '/office/questionnaires/$id' });
  const navigate = useNavigate();
  const wordsIn = useWordsIn();
  // What is being written outlives a look at the results.
  const [content, setContent] = useState(found.content);
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      call(questionnaireDetail, `/questionnaires/${found.id}`, {
        body: { revision: found.revision, content },
      }),
    onSuccess: (saved) => cache.setQueryData(questionnaireQuery(found.id).queryKey, saved),
  });
  const dirty = JSON.stringify(content) !== JSON.stringify(found.content);
  const usual: Part = found.version === null ? 'questions' : 'results';
  const open = PARTS.find((one) => one === part) ?? usual;
  const saveButton = dirty ? (
    <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
      {t('questionnaires.save')}
    </Button>
  ) : null;
  return (
    <>
      <PageHead
        title={wordsIn(found.title) || t('questionnaires.untitled')}
        hint={join([
          found.number,
          found.version === null ? null : t('questionnaires.versionNo', { version: found.version }),
          found.from === null ? null : `${found.from} – ${found.until}`,
        ])}
      >
        <QuestionnaireTag state={found.state} />
        <Link to="/questionnaires">{t('nav.questionnaires')}</Link>
        {found.may.write ? saveButton : null}
      </PageHead>
      {found.may.write ? (
        <Segmented<Part>
          className="yp-parts"
          aria-label={t('questionnaires.parts.label')}
          value={open}
          onChange={(next) => void navigate({ to: '.', search: { part: next } })}
          options={PARTS.map((value) => ({ value, label: t(`questionnaires.parts.${value}`) }))}
        />
      ) : null}
      {open === 'questions' && found.may.write ? (
        <Builder
          found={found}
          content={content}
          onChange={setContent}
          error={save.error}
          dirty={dirty}
          save={saveButton}
        />
      ) : null}
      {open === 'opening' && found.may.write ? <Opening found={found} dirty={dirty} /> : null}
      {open === 'results' || !found.may.write ? <Results found={found} /> : null}
    </>
  );
}
