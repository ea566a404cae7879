import type { Lang } from '../../kernel/lang.ts';
import { Refusal, sentence } from '../../kernel/refusal.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';
import { readTable, type Table } from '../../platform/files.ts';
import { enterRating } from './assisted-actions.ts';
import { assistedForm, HOTLINE_COLUMNS, type HotlineAnswer } from './assisted-contract.ts';

/** A file of the hotline is a day's or a week's, not a year's. */
const ROWS = 2000;

/**
 * Enters the ratings of a file of the hotline 12345, each row by the rules and in the name of whoever hands
 * it in: good rows stand, bad ones are told by line, and the same file again changes nothing.
 * @throws Refusal when the file as a whole can't be read
 */
export async function enterHotlineFile(
  deps: Deps,
  actor: Actor,
  file: { bytes: Buffer; name: string },
  lang: Lang,
): Promise<HotlineAnswer> {
  requirePermission(actor, 'rating.enter');
  const table = await readTable(file.bytes, file.name);
  requireColumns(table);
  if (table.rows.length > ROWS) throw new Refusal('assisted.too_many_rows', { limit: ROWS });
  const refused: HotlineAnswer['refused'] = [];
  const refuse = (line: number, code: string, params = {}): void => {
    refused.push({ line, code, detail: sentence(code, lang, params) });
  };
  for (const { line, code, params } of table.problems) refuse(line, code, params);
  let [entered, repeated] = [0, 0];
  for (const { line, cells } of table.rows) {
    const form = formOf(table.header, cells);
    if (form === undefined) {
      refuse(line, 'request.invalid');
      continue;
    }
    try {
      if ((await enterRating(deps, actor, form)).isNew) entered += 1;
      else repeated += 1;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refuse(line, error.code, error.params);
    }
  }
  return { entered, repeated, refused };
}

function requireColumns({ header }: Table): void {
  const known: readonly string[] = HOTLINE_COLUMNS.map(({ name }) => name);
  const unknown = header.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Refusal('assisted.column_unknown', { column: unknown });
  const missing = HOTLINE_COLUMNS.find(({ name, required }) => required && !header.includes(name));
  if (missing !== undefined) throw new Refusal('assisted.column_missing', { column: missing.name });
}

function formOf(header: readonly string[], cells: readonly string[]) {
  const cell = (name: string): string => cells[header.indexOf(name)] ?? '';
  const whole = (text: string): number | undefined => (/^\d{1,6}$/.test(text) ? Number(text) : undefined);
  const [reference, projectNo, serviceNumber] = [cell('reference'), cell('projectNo'), cell('serviceNumber')];
  const parsed = assistedForm.safeParse({
    id: `12345:${reference}`.slice(0, 64),
    source: 'hotline',
    reference,
    projectNo,
    serviceNumber: whole(serviceNumber),
    satisfaction: whole(cell('satisfaction')),
    evalDetail: cell('evalDetail')
      .split(/[,，]/)
      .filter((tag) => tag !== ''),
    writingEvaluation: cell('writingEvaluation'),
    assessTime: cell('assessTime'),
  });
  return parsed.success && reference !== '' && projectNo !== '' ? parsed.data : undefined;
}
