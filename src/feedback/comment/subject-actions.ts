import type { Lang } from '../../kernel/lang.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from '../../platform/deps.ts';
import { departmentsByCode } from '../../registry/department/index.ts';
import { itemsByCode } from '../../registry/service-item/index.ts';
import { windowsByCode } from '../../registry/window/index.ts';
import { isPlatform, type Subject } from './comment.ts';
import { listDepartments } from './list-store.ts';
import { commentWords } from './page-words.ts';

/** What the public calls the subject. @throws Refusal `comment.unknown_subject` */
export async function subjectName(
  deps: Deps,
  cityCode: string,
  { kind, code }: Subject,
  lang: Lang,
): Promise<string> {
  const reader = deps.db.app;
  if (kind === 'platform' && isPlatform(code)) return commentWords(lang).platforms[code];
  if (kind === 'department') {
    const found = (await departmentsByCode(reader, cityCode, [code])).get(code);
    if (found !== undefined) return found.name;
  }
  if (kind === 'window') {
    const found = (await windowsByCode(reader, cityCode, [code])).get(code);
    if (found !== undefined) return `${code} ${found.name}`;
  }
  if (kind === 'item') {
    const found = (await itemsByCode(reader, cityCode, [code])).get(code);
    if (found !== undefined) return found.name;
  }
  throw new Refusal('comment.unknown_subject');
}

/** The stationed departments of the city, by name. */
export async function departmentsOfCity(deps: Deps, cityCode: string) {
  return await listDepartments(deps.db.read, cityCode);
}
