import { cityOfRegion } from '../../kernel/codes.ts';
import type { CityCode, RegionCode, StepId } from '../../kernel/ids.ts';
import type { Lang } from '../../kernel/lang.ts';
import { type FieldError, sentence, titleOf } from '../../kernel/refusal.ts';
import type { Actor } from '../../oversight/access/index.ts';
import { audit } from '../../oversight/audit/index.ts';
import { inTx } from '../../platform/db.ts';
import type { Deps } from '../../platform/deps.ts';
import { fieldErrorsOf } from '../../platform/field-error.ts';
import { regionAliases, tenantCities } from '../../registry/region/index.ts';
import { channelOf, ratingUrl } from '../invitation/index.ts';
import { type KeepOutcome, keepSteps } from './actions.ts';
import { type Step, type StepRules, toStep } from './case.ts';
import { type RecordOutcome, serviceRecord } from './contract.ts';
import { loadedLimits } from './limits-actions.ts';

type Place = { at: number; step: Step };
type Refused = { code: string; errors?: readonly FieldError[] };

/**
 * Takes a batch of service records as other systems send them: each is judged by itself and answered in its
 * place, so that one bad record doesn't hold up the others.
 */
export async function submitRecords(
  deps: Deps,
  actor: Actor,
  records: readonly unknown[],
  lang: Lang,
): Promise<RecordOutcome[]> {
  const aliases = await regionAliases(deps.db.app);
  const tenants = await tenantCities(deps.db.app);
  const answers: (RecordOutcome | undefined)[] = records.map(() => undefined);
  const byCity = new Map<CityCode, Place[]>();
  const rules = { now: deps.clock.now(), ratingDaysOn: loadedLimits().ratingDaysOn };
  for (const [at, record] of records.entries()) {
    const judged = judge(record, aliases, rules);
    if ('code' in judged) {
      answers[at] = refusedAnswer(record, judged, lang);
      continue;
    }
    const city = cityOfRegion(judged.areaCode as RegionCode);
    if (city === undefined || !tenants.has(city)) {
      answers[at] = refusedAnswer(record, unknownRegion, lang);
      continue;
    }
    byCity.set(city, [...(byCity.get(city) ?? []), { at, step: judged }]);
  }
  for (const [city, places] of byCity) {
    const outcomes = await keepSteps(
      deps,
      city,
      places.map(({ step }) => step),
      {
        source: 'api',
        covers: (step) => covers(actor, city, step),
      },
    );
    for (const [index, { at, step }] of places.entries()) {
      answers[at] = answerOf(deps, step, outcomes[index], lang);
    }
  }
  const done = answers.map(
    (answer, at) => answer ?? refusedAnswer(records[at], { code: 'request.invalid' }, lang),
  );
  await auditBatch(deps, actor, done);
  return done;
}

const unknownRegion: Refused = {
  code: 'service_record.unknown_region',
  errors: [{ field: 'areaCode', code: 'service_record.unknown_region' }],
};

/** A record by the rules that need no register. */
function judge(record: unknown, aliases: ReadonlyMap<string, string>, rules: StepRules): Step | Refused {
  const parsed = serviceRecord.safeParse(record);
  if (!parsed.success) return { code: 'request.invalid', errors: fieldErrorsOf(parsed.error.issues) };
  const outcome = toStep(parsed.data, rules, aliases);
  if (outcome.kind === 'step') return outcome.step;
  return { code: outcome.code, errors: [{ field: outcome.field, code: outcome.code }] };
}

function covers(actor: Actor, city: CityCode, step: Step): boolean {
  const { scope } = actor;
  if (scope.cityCode !== city) return false;
  if (scope.departmentCode !== undefined) return step.deptCode === scope.departmentCode;
  return scope.regionPrefix === undefined || step.areaCode.startsWith(scope.regionPrefix);
}

function answerOf(deps: Deps, step: Step, outcome: KeepOutcome | undefined, lang: Lang): RecordOutcome {
  if (outcome === undefined || outcome.kind === 'refused') {
    const code = outcome?.code ?? 'request.invalid';
    return refusedAnswer(step, { code, ...(outcome?.errors ? { errors: outcome.errors } : {}) }, lang);
  }
  return {
    projectNo: step.projectNo,
    serviceNumber: step.serviceNumber,
    outcome: outcome.kind,
    ratingUrl: ratingUrl(deps, outcome.stepId as StepId, channelOf(step.proChannel)),
    shortCode: outcome.shortCode,
  };
}

/** Only the record's key is repeated in an answer; every other value may be personal. */
function refusedAnswer(record: unknown, refused: Refused, lang: Lang): RecordOutcome {
  const { projectNo, serviceNumber } = (record ?? {}) as Record<string, unknown>;
  return {
    projectNo: typeof projectNo === 'string' ? projectNo.slice(0, 64) : null,
    serviceNumber: /^\d{1,6}$/.test(String(serviceNumber)) ? Number(serviceNumber) : null,
    outcome: 'refused',
    ratingUrl: null,
    shortCode: null,
    refusal: {
      code: refused.code,
      title: titleOf(refused.code, lang),
      detail: sentence(refused.code, lang),
      ...(refused.errors
        ? {
            errors: refused.errors.map(({ params, ...one }) => ({
              ...one,
              detail: sentence(one.code, lang, params),
            })),
          }
        : {}),
    },
  };
}

async function auditBatch(deps: Deps, actor: Actor, answers: readonly RecordOutcome[]): Promise<void> {
  const count = (outcome: RecordOutcome['outcome']): number =>
    answers.filter((one) => one.outcome === outcome).length;
  await inTx(deps.db, (tx) =>
    audit(tx, {
      actor,
      action: 'record.submitted',
      subjectKind: 'service_record',
      subjectId: '',
      detail: { created: count('created'), exists: count('exists'), refused: count('refused') },
      cityCode: actor.cityCode,
      at: deps.clock.now(),
    }),
  );
}
