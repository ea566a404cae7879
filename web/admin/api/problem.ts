import { z } from 'zod';

const problemSchema = z.object({
  status: z.number().optional(),
  code: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z
    .array(
      z.object({ field: z.string().optional(), code: z.string().optional(), detail: z.string().optional() }),
    )
    .optional(),
});

/** One named fault of a refused request. */
export interface FieldFault {
  field: string;
  reason: string;
}

/** The server said no and said why (RFC 9457); `message` is its sentence in the reader's language. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly faults: readonly FieldFault[];

  constructor(status: number, code: string, title: string, detail: string, faults: readonly FieldFault[]) {
    super(detail || title);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.title = title;
    this.faults = faults;
  }
}

/** No answer came at all: no network, or the server is down. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** Reads a refusal; an answer that is no problem document (a proxy's page, say) still gives its status. */
export function readProblem(status: number, body: unknown): Problem {
  const parsed = problemSchema.safeParse(body);
  if (!parsed.success) return new Problem(status, `http.${status}`, '', '', []);
  const { code = `http.${status}`, title = '', detail = '', errors = [] } = parsed.data;
  const faults = errors.map((each) => ({ field: each.field ?? '', reason: each.detail ?? each.code ?? '' }));
  return new Problem(status, code, title, detail, faults);
}
