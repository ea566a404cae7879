import { cityOfRegion } from '../../kernel/codes.ts';
import type { CityCode, RegionCode } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/db.ts';
import type { ImportContext, ImportKind, LoadResult, RowProblem } from '../../platform/imports.ts';
import { inReach, regionAliases } from '../../registry/region/index.ts';
import { keepStepsIn } from './actions.ts';
import { recordKey, type Step, toStep } from './case.ts';
import { type ServiceRecord, serviceRecord } from './contract.ts';
import { loadedLimits } from './limits-actions.ts';
import { findCases } from './store.ts';

const columns = [
  'projectNo',
  'serviceNumber',
  'serviceName',
  'areaCode',
  'deptCode',
  'taskCode',
  'taskName',
  'windowCode?',
  'staffNo?',
  'proStatus',
  'proChannel',
  'serviceTime',
  'acceptDate?',
  'resultDate?',
  'promiseDay?',
  'userProp?',
  'userName?',
  'userPageType?',
  'certKey?',
  'mobile?',
];

/** Service records by file (contract §3): the same rules and the same keys as by the API. */
export const serviceRecordImport: ImportKind<ServiceRecord> = {
  kind: 'service-records',
  columns: columns.map((name) => ({ name: name.replace('?', ''), required: !name.endsWith('?') })),
  row: serviceRecord,
  key: recordKey,
  load: loadRecords,
};

/** Those of the case numbers under which a service is recorded. */
export async function knownCases(
  tx: Tx,
  cityCode: string,
  projectNos: readonly string[],
): Promise<Set<string>> {
  return new Set(await findCases(tx, cityCode, projectNos));
}

async function loadRecords(
  tx: Tx,
  context: ImportContext,
  rows: readonly { line: number; row: ServiceRecord }[],
): Promise<LoadResult> {
  const { deps, cityCode, now } = context;
  const aliases = await regionAliases(tx);
  const rules = { now, ratingDaysOn: loadedLimits().ratingDaysOn };
  const problems: RowProblem[] = [];
  const kept: { line: number; step: Step }[] = [];
  for (const { line, row } of rows) {
    const judged = toStep(row, rules, aliases);
    if (judged.kind === 'refused') problems.push({ line, column: judged.field, code: judged.code });
    else if (cityOfRegion(judged.step.areaCode as RegionCode) !== cityCode) {
      problems.push({ line, column: 'areaCode', code: 'service_record.unknown_region' });
    } else kept.push({ line, step: judged.step });
  }
  const outcomes = await keepStepsIn(
    tx,
    deps,
    cityCode as CityCode,
    kept.map(({ step }) => step),
    {
      source: context.source,
      covers: ({ areaCode, deptCode }) =>
        inReach(context.scope, { regionCode: areaCode, departmentCode: deptCode }),
    },
  );
  const counts = { created: 0, updated: 0, unchanged: 0 };
  for (const [at, { line }] of kept.entries()) {
    const outcome = outcomes[at];
    if (outcome?.kind === 'created') counts.created += 1;
    else if (outcome?.kind === 'exists') counts.unchanged += 1;
    else if (outcome?.kind === 'refused') {
      const errors = outcome.errors ?? [{ field: 'projectNo', code: outcome.code }];
      problems.push(...errors.map(({ field, code }) => ({ line, column: field, code })));
    }
  }
  return { ...counts, problems };
}
