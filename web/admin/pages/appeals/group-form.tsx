import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type Appeal, candidatesSchema } from '../../../../src/ledger/appeal/contract.ts';
import { call } from '../../api/call.ts';
import { Block } from '../../parts/facts.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { useStep } from './appeal-query.ts';

type Candidates = z.output<typeof candidatesSchema>;

/** Who reviews the appeal; whoever scored the line or is a party to it can't be chosen, and it says why. */
export function GroupForm({ appeal, onDone }: { appeal: Appeal; onDone: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['appeal', appeal.id, 'candidates'],
    queryFn: ({ signal }) => call(candidatesSchema, `/appeals/${appeal.id}/candidates`, { signal }),
  });
  return (
    <Block title={t('appeals.appointTitle')}>
      <Loaded query={query}>
        {(candidates) => <Choose appeal={appeal} candidates={candidates} onDone={onDone} />}
      </Loaded>
    </Block>
  );
}

interface Props {
  appeal: Appeal;
  candidates: Candidates;
  onDone: () => void;
}

function Choose({ appeal, candidates, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { least, items } = candidates;
  const [members, setMembers] = useState<string[]>([]);
  const [chair, setChair] = useState<string>();
  const step = useStep(appeal.id, 'group', () => {
    message.success(t('appeals.appointed'));
    onDone();
  });
  const chosen = items.filter((one) => members.includes(one.id));
  return (
    <>
      <p className="yp-hint">{t('appeals.appointHint', { least })}</p>
      <ProblemAlert error={step.error} />
      <fieldset className="yp-choices">
        <legend>{t('appeals.members')}</legend>
        <Checkbox.Group value={members} onChange={(picked) => setMembers(picked.map(String))}>
          {items.map((one) => (
            <Checkbox key={one.id} value={one.id} disabled={one.barred !== null}>
              {one.name} <span className="yp-quiet">{one.username}</span>
              {one.barred ? <span className="yp-quiet"> · {t(`appeals.barred.${one.barred}`)}</span> : null}
            </Checkbox>
          ))}
        </Checkbox.Group>
      </fieldset>
      {chosen.length > 0 ? (
        <fieldset className="yp-choices">
          <legend>{t('appeals.chair')}</legend>
          <Radio.Group
            value={chair}
            onChange={(event) => setChair(String(event.target.value))}
            options={chosen.map((one) => ({ value: one.id, label: one.name }))}
          />
        </fieldset>
      ) : null}
      <div className="yp-actions">
        <Button
          type="primary"
          loading={step.isPending}
          disabled={members.length < least || !chair || !members.includes(chair)}
          onClick={() => step.mutate({ members, chair })}
        >
          {t('appeals.appoint')}
        </Button>
        {appeal.group.length > 0 ? <Button onClick={onDone}>{t('action.cancel')}</Button> : null}
      </div>
    </>
  );
}
