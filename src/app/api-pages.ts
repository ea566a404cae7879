/** The API described for readers: one plain page out of the OpenAPI document, without scripts (ADR 0021). */
import { cspHash, type Html, html, raw } from '../platform/html.ts';
import type { Http } from '../platform/http.ts';

interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  description?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

interface Operation {
  summary?: string;
  description?: string;
  security?: readonly unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { content?: Record<string, { schema?: Schema }> }>;
}

interface Document {
  info: { title: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
}

const style = `
body{font:16px/1.6 system-ui,"Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#1a1a1a;background:#fff;
max-width:60rem;margin:0 auto;padding:1.5rem}
h1{font-size:1.6rem}h2{font-size:1.1rem;margin:2.2rem 0 .3rem;padding-top:1rem;border-top:1px solid #d0d4da}
h3{font-size:1rem;margin:1rem 0 .2rem}
code{font:.9em/1.5 ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
.m{background:#1456b8;color:#fff;padding:.1rem .5rem;border-radius:3px}a{color:#1456b8}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;
padding:.25rem .6rem .25rem 0;border-bottom:1px solid #e5e8ec}ul{margin:.1rem 0;padding-left:1.2rem}
`;

function limits(schema: Schema): string {
  const range = (low: number | undefined, high: number | undefined, unit: string): string =>
    low === undefined && high === undefined ? '' : ` ${low ?? ''}…${high ?? ''}${unit}`;
  const { minLength, maxLength, minimum, maximum, minItems, maxItems } = schema;
  const far = maximum !== undefined && maximum >= Number.MAX_SAFE_INTEGER;
  return (
    range(minLength, maxLength, ' characters') +
    (far ? '' : range(minimum, maximum, '')) +
    range(minItems, maxItems, ' items')
  );
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.type === 'array') return `[ ${schema.items ? typeOf(schema.items) : 'any'} ]${limits(schema)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any');
  return type + (schema.format ? ` (${schema.format})` : '') + limits(schema);
}

/** The object whose fields are worth a list: the schema itself, what an array holds, or one of its forms. */
function objectOf(schema: Schema): Schema | undefined {
  if (schema.properties) return schema;
  if (schema.items) return objectOf(schema.items);
  return schema.anyOf?.map(objectOf).find((found) => found !== undefined);
}

function fields(schema: Schema): Html {
  const object = objectOf(schema);
  if (!object?.properties) return html`<p><code>${typeOf(schema)}</code></p>`;
  const required = new Set(object.required);
  const rows = Object.entries(object.properties).map(([name, field]) => {
    const inner = objectOf(field);
    const note = field.description ? html` — ${field.description}` : '';
    return html`<li><code>${name}${required.has(name) ? '' : '?'}: ${typeOf(field)}</code>${note}${
      inner ? fields(inner) : ''
    }</li>`;
  });
  return html`<ul>${rows}</ul>`;
}

function operation(path: string, method: string, op: Operation): Html {
  const body = Object.values(op.requestBody?.content ?? {})[0]?.schema;
  const answers = Object.entries(op.responses ?? {});
  const parameters = (op.parameters ?? []).map(
    (one) => html`<tr><td><code>${one.name}${one.required ? '' : '?'}</code></td><td>${one.in}</td>
<td><code>${typeOf(one.schema ?? {})}</code></td></tr>`,
  );
  const free = op.security !== undefined && op.security.length === 0;
  return html`<section><h2 id="${anchor(path, method)}"><code><span class="m">${method.toUpperCase()}</span>
${path}</code></h2><p>${op.summary ?? ''} ${op.description ?? ''} ${free ? '无需密钥 No key needed.' : ''}</p>
${parameters.length > 0 ? html`<table>${parameters}</table>` : ''}
${body ? html`<h3>请求 Request</h3>${fields(body)}` : ''}
${answers.map(([status, answer]) => {
  const schema = Object.values(answer.content ?? {})[0]?.schema;
  return html`<h3>${status}</h3>${schema ? fields(schema) : ''}`;
})}</section>`;
}

function anchor(path: string, method: string): string {
  return `${method}${path.replace(/[^a-z]+/gi, '-')}`;
}

function page(document: Document): Html {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, op]) => ({ path, method, op })),
  );
  return html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">
<title>接口说明 API · ${document.info.title}</title><style>${raw(style)}</style></head><body>
<h1>接口说明 API · ${document.info.title}</h1>
<p>请求时在 <code>Authorization: Bearer …</code> 中携带密钥；机器可读的版本见
<a href="/api/openapi.json">/api/openapi.json</a>。错误按 RFC 9457 返回，语言随 <code>Accept-Language</code>。<br>
Send the key in <code>Authorization: Bearer …</code>. Errors follow RFC 9457 in the language of
<code>Accept-Language</code>. A field with a question mark may be absent.</p>
<ul>${all.map(
    ({ path, method }) => html`<li><a href="#${anchor(path, method)}"><code>${method.toUpperCase()}
${path}</code></a></li>`,
  )}</ul>${all.map(({ path, method, op }) => operation(path, method, op))}</body></html>`;
}

/** `GET /api/openapi.json` for programs, `GET /api/docs` for people. */
export function describeApi(http: Http): void {
  const open = { config: { access: 'public' as const }, schema: { hide: true } };
  http.get('/api/openapi.json', open, async (_request, reply) =>
    reply.type('application/json').serializer(String).send(JSON.stringify(http.swagger())),
  );
  http.get('/api/docs', open, async (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', `default-src 'none'; style-src ${cspHash(style)}; img-src data:`)
      .serializer(String)
      .send(page(http.swagger() as unknown as Document).text),
  );
}
