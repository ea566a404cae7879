import type { z } from 'zod';
import { defineRefusals, type FieldError, isRefusalCode, Refusal } from '../kernel/refusal.ts';

defineRefusals({
  'request.invalid': {
    status: 422,
    zh: '请求内容不符合要求，什么也没有保存。请按所列字段改正后重新提交。',
    en: 'The request breaks a rule and nothing was saved. Correct the fields listed and send it again.',
  },
  'field.required': { status: 422, zh: '缺少这一项，请填写。', en: 'This is missing; fill it in.' },
  'field.wrong_type': {
    status: 422,
    zh: '类型不对，请按接口说明填写。',
    en: 'This has the wrong type; see the description.',
  },
  'field.wrong_value': {
    status: 422,
    zh: '取值不在允许范围内，可填：{values}。',
    en: 'This is none of the allowed values, which are: {values}.',
  },
  'field.wrong_format': { status: 422, zh: '格式不正确。', en: 'The format is not right.' },
  'field.whole_number': { status: 422, zh: '应为整数，如 3。', en: 'This must be a whole number such as 3.' },
  'field.too_long': {
    status: 422,
    zh: '太长，最多 {limit}。请缩短。',
    en: 'This is too long, at most {limit}; shorten it.',
  },
  'field.too_short': {
    status: 422,
    zh: '太短，至少 {limit}。请补充完整。',
    en: 'This is too short, at least {limit}; complete it.',
  },
  'field.too_large': {
    status: 422,
    zh: '太大，最大为 {limit}。请改正。',
    en: 'This is too large, at most {limit}; correct it.',
  },
  'field.too_small': {
    status: 422,
    zh: '太小，最小为 {limit}。请改正。',
    en: 'This is too small, at least {limit}; correct it.',
  },
  'field.unknown': {
    status: 422,
    zh: '不认识这个字段，请核对字段名。',
    en: 'This field is not known; check its name.',
  },
  'field.region': {
    status: 422,
    zh: '不是12位行政区划代码。',
    en: 'This is not a region code of 12 digits.',
  },
  'field.uscc_shape': {
    status: 422,
    zh: '不是统一社会信用代码：应为18位数字和大写字母，不含 I、O、S、V、Z。',
    en: 'This is no unified social credit code: 18 digits and capitals without I, O, S, V and Z.',
  },
  'field.uscc_check_digit': {
    status: 422,
    zh: '统一社会信用代码的校验位（最后一位）不符，有一位可能抄错。请核对。',
    en: 'The check character, the last of the social credit code, does not fit: one may be mistyped.',
  },
  'field.item_code_shape': {
    status: 422,
    zh: '不是事项编码：应为31位或33位，以部门的18位统一社会信用代码开头。',
    en: 'This is no item code: 31 or 33 characters that begin with the department’s code of 18.',
  },
  'field.item_code_check_digit': {
    status: 422,
    zh: '事项编码前18位（统一社会信用代码）的校验位不符，有一位可能抄错。请核对。',
    en: 'The first 18 characters, a social credit code, have a wrong check character: compare them.',
  },
  'field.item_code_type': {
    status: 422,
    zh: '事项编码第22、23位不是国家目录中的事项类型。请核对。',
    en: 'Characters 22 and 23 of the item code are no type of the national list. Check them.',
  },
  'field.resident_id_shape': {
    status: 422,
    zh: '不是居民身份证号码：应为18位，含真实的出生日期。',
    en: 'This is no resident identity number: 18 characters with a real day of birth.',
  },
  'field.resident_id_check_digit': {
    status: 422,
    zh: '居民身份证号码的校验位（最后一位）不符，有一位可能抄错。请核对。',
    en: 'The check character, the last of the identity number, does not fit: one may be mistyped.',
  },
  'field.mobile': { status: 422, zh: '不是有效的手机号码。', en: 'This is not a valid mobile phone number.' },
  'field.moment': {
    status: 422,
    zh: '不是有效的日期或时间，应为 2026-06-01 或 2026-06-01 10:20:00。',
    en: 'This is not a valid date or time such as 2026-06-01 or 2026-06-01 10:20:00.',
  },
});

type Issue = z.core.$ZodIssue;

type Fault = Pick<FieldError, 'code' | 'params'>;

/** Code of a schema's issue and what its sentence needs: a custom one names its own by `params.code`. */
function faultOf(issue: Issue): Fault {
  switch (issue.code) {
    case 'invalid_type':
      return { code: /received undefined/.test(issue.message) ? 'field.required' : 'field.wrong_type' };
    case 'too_big': {
      const params = { limit: String(issue.maximum) };
      return { code: isNumber(issue.origin) ? 'field.too_large' : 'field.too_long', params };
    }
    case 'too_small': {
      const params = { limit: String(issue.minimum) };
      return { code: isNumber(issue.origin) ? 'field.too_small' : 'field.too_short', params };
    }
    case 'unrecognized_keys':
      return { code: 'field.unknown' };
    case 'invalid_value':
      return { code: 'field.wrong_value', params: { values: issue.values.map(String).join(', ') } };
    case 'custom':
      return customFault(issue.params ?? {});
    case 'invalid_union': {
      // Of the ways in which it could be right, the one that says most.
      const faults = issue.errors.flat();
      const first = faults.find((one) => one.code === 'custom') ?? faults[0];
      return first ? faultOf(first) : { code: 'field.wrong_type' };
    }
    default:
      return { code: 'field.wrong_format' };
  }
}

function isNumber(origin: string): boolean {
  return origin === 'number' || origin === 'int' || origin === 'bigint';
}

function customFault({ code, ...rest }: Readonly<Record<string, unknown>>): Fault {
  if (typeof code !== 'string' || !isRefusalCode(code)) return { code: 'field.wrong_format' };
  const params = Object.entries(rest).filter(
    (one): one is [string, string | number] => typeof one[1] === 'string' || typeof one[1] === 'number',
  );
  return params.length === 0 ? { code } : { code, params: Object.fromEntries(params) };
}

/** Field errors of a schema's issues: path and code, never the value, which may be personal. */
export function fieldErrorsOf(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ field: path, ...faultOf(issue) }];
    return issue.keys.slice(0, 20).map((key) => ({
      field: path === '' ? key.slice(0, 80) : `${path}.${key.slice(0, 80)}`,
      code: 'field.unknown',
    }));
  });
}

/** What the schema makes of the input. @throws Refusal `request.invalid` naming each field at fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Refusal('request.invalid', {}, { errors: fieldErrorsOf(parsed.error.issues) });
}
