import { type App, tokenOf } from '../support/app.ts';
import { recordForm } from '../support/hall.ts';

export interface Rated {
  projectNo: string;
  receipt: string;
}

/** Services `PREFIX-0`, `PREFIX-1` … rated one after the other, each in a batch of its own. */
export async function rate(app: App, prefix: string, count: number, text?: string): Promise<Rated[]> {
  const records = Array.from({ length: count }, (_, n) =>
    recordForm({ projectNo: `${prefix}-${n}`, serviceTime: '2026-03-11 09:00:00' }),
  );
  const made: Rated[] = [];
  for (const record of await app.handIn(records)) {
    const body = { token: tokenOf(record), satisfaction: 5, ...(text ? { writingEvaluation: text } : {}) };
    const answer = await app.api('POST', '/ratings', body, null);
    if (answer.statusCode !== 201) throw new Error(answer.body);
    made.push({ projectNo: record.projectNo, receipt: answer.json().receipt });
  }
  return made;
}
