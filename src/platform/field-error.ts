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
  'field.wrong_value': { status: 422, zh: '取值不在允许范围内。', en: 'This is none of the allowed values.' },
  'field.wrong_format': { status: 422, zh: '格式不正确。', en: 'The format is not right.' },
  'field.too_long': { status: 422, zh: '太长或太大，请缩短或改小。', en: 'This is too long or too large.' },
  'field.too_short': { status: 422, zh: '太短或太小，请补充完整。', en: 'This is too short or too small.' },
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
  'field.uscc': {
    status: 422,
    zh: '不是有效的统一社会信用代码（校验位不符）。',
    en: 'This is not a valid unified social credit code (check character).',
  },
  'field.item_code': {
    status: 422,
    zh: '不是有效的31位或33位事项编码。',
    en: 'This is not a valid item code of 31 or 33 characters.',
  },
  'field.resident_id': {
    status: 422,
    zh: '不是有效的居民身份证号码（校验位不符）。',
    en: 'This is not a valid resident identity number (check character).',
  },
  'field.mobile': { status: 422, zh: '不是有效的手机号码。', en: 'This is not a valid mobile phone number.' },
  'field.moment': {
    status: 422,
    zh: '不是有效的日期或时间，应为 2026-06-01 或 2026-06-01 10:20:00。',
    en: 'This is not a valid date or time such as 2026-06-01 or 2026-06-01 10:20:00.',
  },
});

type Issue = z.core.$ZodIssue;

/** Code of a schema's issue: a custom one names its own by `params.code`. */
function codeOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return /received undefined/.test(issue.message) ? 'field.required' : 'field.wrong_type';
    case 'too_big':
      return 'field.too_long';
    case 'too_small':
      return 'field.too_short';
    case 'unrecognized_keys':
      return 'field.unknown';
    case 'invalid_value':
      return 'field.wrong_value';
    case 'custom': {
      const code: unknown = issue.params?.code;
      return typeof code === 'string' && isRefusalCode(code) ? code : 'field.wrong_format';
    }
    case 'invalid_union': {
      const first = issue.errors.flat()[0];
      return first ? codeOf(first) : 'field.wrong_type';
    }
    default:
      return 'field.wrong_format';
  }
}

/** Field errors of a schema's issues: path and code, never the value, which may be personal. */
export function fieldErrorsOf(issues: readonly Issue[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String).join('.');
    if (issue.code !== 'unrecognized_keys') return [{ field: path, code: codeOf(issue) }];
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
