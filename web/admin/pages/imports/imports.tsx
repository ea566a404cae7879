import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importAnswer, importKinds } from '../../../../src/platform/imports-contract.ts';
import { call } from '../../api/call.ts';
import { queries } from '../../api/queries.ts';
import { Block } from '../../parts/facts.tsx';
import { useFilters } from '../../parts/filters.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Loaded } from '../../parts/states.tsx';
import { Columns } from './columns.tsx';
import { useKindName } from './kind-name.ts';
import { Report } from './report.tsx';

interface Run {
  dryRun: boolean;
  partial: boolean;
}

/** A file is first tried: every bad row is named, nothing is written. Only then can it be loaded. */
export function ImportsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/office/imports' });
  const change = useFilters();
  const kindName = useKindName();
  const kinds = useQuery({
    queryKey: ['import-kinds'],
    queryFn: async ({ signal }) => (await call(importKinds, '/imports', { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const kind = kinds.data?.find((each) => each.kind === search.kind) ?? kinds.data?.[0];
  return (
    <>
      <PageHead title={t('nav.imports')} hint={t('imports.hint')} />
      <Loaded query={kinds}>
        {(all) => (
          <div className="yp-stack">
            <Block title={t('imports.what')}>
              <Select
                aria-label={t('imports.what')}
                value={kind?.kind ?? null}
                style={{ minWidth: 200 }}
                options={all.map((each) => ({ value: each.kind, label: kindName(each.kind) }))}
                onChange={(chosen) => change({ kind: chosen })}
              />
              {kind ? <Columns kind={kind} /> : null}
            </Block>
            {kind ? <FileRun key={kind.kind} kind={kind.kind} /> : null}
          </div>
        )}
      </Loaded>
    </>
  );
}

function FileRun({ kind }: { kind: string }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File>();
  const run = useMutation({
    mutationFn: ({ dryRun, partial }: Run) => {
      const body = new FormData();
      if (file) body.append('file', file);
      const query = { dryRun: dryRun ? '1' : '0', partial: partial ? '1' : '0' };
      return call(importAnswer, `/imports/${kind}`, { query, body });
    },
    onSuccess: async (answer) => {
      if (answer.outcome === 'loaded') await queries.invalidateQueries();
    },
  });
  const choose = (chosen: File | undefined) => {
    setFile(chosen);
    run.reset();
  };
  const answer = run.data;
  const tried = answer?.outcome === 'tried';
  return (
    <Block title={t('imports.file')}>
      <Upload.Dragger
        accept=".csv,.xlsx"
        maxCount={1}
        fileList={file ? [{ uid: '1', name: file.name, size: file.size }] : []}
        beforeUpload={(chosen) => {
          choose(chosen);
          return false;
        }}
        onRemove={() => choose(undefined)}
      >
        <p>{t('imports.drop')}</p>
        <p className="yp-quiet">{t('imports.forms')}</p>
      </Upload.Dragger>
      <div className="yp-actions yp-inline-form">
        <Button
          type={tried ? 'default' : 'primary'}
          disabled={!file}
          loading={run.isPending && run.variables.dryRun}
          onClick={() => run.mutate({ dryRun: true, partial: false })}
        >
          {t('imports.try')}
        </Button>
        <Button
          type={tried ? 'primary' : 'default'}
          disabled={!tried || answer.badRows > 0}
          loading={run.isPending && !run.variables.dryRun && !run.variables.partial}
          onClick={() => run.mutate({ dryRun: false, partial: false })}
        >
          {t('imports.load')}
        </Button>
        {tried && answer.badRows > 0 && answer.rows > answer.badRows ? (
          <Button
            loading={run.isPending && run.variables.partial}
            onClick={() => run.mutate({ dryRun: false, partial: true })}
          >
            {t('imports.loadGood', { count: answer.rows - answer.badRows })}
          </Button>
        ) : null}
      </div>
      <div aria-live="polite" className="yp-inline-form">
        <ProblemAlert error={run.error} />
        {answer ? <Report answer={answer} /> : null}
      </div>
    </Block>
  );
}
