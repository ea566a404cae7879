import type { Http } from '../../src/platform/http.ts';

/**
 * Every route of the server as 'METHOD /path', read from its own tree, where a path is written under the
 * one that it continues. Signing out comes last: whoever has done so is nobody any more.
 */
export function routesOf(http: Http): string[] {
  const found: string[] = [];
  const parents: string[] = [];
  for (const line of http.printRoutes({ commonPrefix: false }).split('\n')) {
    const match = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/u.exec(line);
    if (match === null) continue;
    const [, indent = '', part = '', methods = ''] = match;
    parents.length = indent.length / 4;
    const url = parents.join('') + (part === '*' ? '/*' : part);
    parents.push(part);
    for (const method of methods.split(', ')) if (method && method !== 'HEAD') found.push(`${method} ${url}`);
  }
  return found.sort((one, other) => Number(one.endsWith('/sign-out')) - Number(other.endsWith('/sign-out')));
}

const SAMPLES: Readonly<Record<string, string>> = {
  stepId: '1',
  assessNumber: '1',
  id: '00000000-0000-4000-8000-000000000000',
  month: '2026-02',
  week: '2026-02-02',
  year: '2026',
  kind: 'staff',
  code: 'G001',
  staffNo: 'G001',
  projectNo: 'JN2026-1',
  serviceNumber: '1',
  number: '1',
  token: 'nothing',
  region: '370800',
};

/** The path with something of the right shape for each parameter. */
export function sampleOf(path: string): string {
  return path.replace(/:(\w+)/g, (_, name: string) => SAMPLES[name] ?? 'x');
}
