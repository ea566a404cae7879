import { z } from 'zod';
import { departmentCodeText } from '../department/index.ts';
import { lineText } from '../region/index.ts';
import { APPLICANTS, MATERIAL_FORMS } from './contract.ts';
import { itemCodeText } from './service-item.ts';

const whole = (highest: number) =>
  z
    .string()
    .trim()
    .refine((text) => /^\d{1,3}$/.test(text), { params: { code: 'field.whole_number' }, abort: true })
    .transform(Number)
    .pipe(z.number().min(1).max(highest));

const yes = new Set(['true', '是', '1', 'yes']);
const no = new Set(['false', '否', '0', 'no']);

/** Yes or no, as people write it. */
const flag = z
  .string()
  .trim()
  .toLowerCase()
  .refine((text) => yes.has(text) || no.has(text), { params: { code: 'field.wrong_value' }, abort: true })
  .transform((text) => yes.has(text));

/** A row of the import kind `materials`: a paper that an item asks for. */
export const materialRow = z.object({
  item_code: itemCodeText,
  material_no: whole(200),
  name: lineText(300),
  applicant: z.enum(APPLICANTS).default('any'),
  form: z.enum(MATERIAL_FORMS).default('original'),
  copies: whole(99).default(1),
  may_follow: flag,
  source: lineText(300).optional(),
});
export type MaterialRow = z.output<typeof materialRow>;

/** A row of the import kind `item_steps`: a step of an item's approval. */
export const itemStepRow = z.object({
  item_code: itemCodeText,
  step_no: whole(20),
  name: lineText(60),
  department_code: departmentCodeText,
  two_person: flag,
});
export type ItemStepRow = z.output<typeof itemStepRow>;

export interface Material {
  material_no: number;
  name: string;
  applicant: (typeof APPLICANTS)[number];
  form: (typeof MATERIAL_FORMS)[number];
  copies: number;
  may_follow: boolean;
  source: string | null;
}

/** A step of approval: whose back office takes it, and whether another person than before has to. */
export interface WorkStep {
  step_no: number;
  name: string;
  department_code: string;
  two_person: boolean;
}

/** userProp of a natural person, who is also assumed where nothing is said (domain §2). */
const PERSON = 1;

/** Whether the paper is asked of such an applicant. */
export function appliesTo(material: Pick<Material, 'applicant'>, userProp: number): boolean {
  return material.applicant === 'any' || (material.applicant === 'person') === (userProp === PERSON);
}
