import { HTTP_MODULES, JOB_MODULES } from '../layout.ts';
import { matches, placeOf, type Rule, type Violation } from '../tree.ts';

/** R7: only http.ts and pages.ts know HTTP, only jobs.ts and app/ know jobs. */
export const edges: Rule = {
  id: 'R7',
  title: 'HTTP and jobs stay at the edge',
  check(tree) {
    const violations: Violation[] = [];
    for (const path of tree.code(/^src\//)) {
      const place = placeOf(path);
      if (place === undefined || place.stage.rooms === null || place.role === 'test') continue;
      for (const { path: to, line } of tree.imports(path)) {
        const http = matches(to, HTTP_MODULES) && place.role !== 'http' && place.role !== 'pages';
        const jobs = matches(to, JOB_MODULES) && place.role !== 'jobs';
        if (http || jobs)
          violations.push({ path, line, message: `a file of role ${place.role} imports ${to}` });
      }
    }
    return violations;
  },
  planted: [
    {
      because: 'an action answers no request',
      files: { 'src/feedback/rating/actions.ts': "import type { FastifyReply } from 'fastify';" },
      caught: 'src/feedback/rating/actions.ts',
    },
    {
      because: 'an action tells facts and starts no job',
      files: {
        'src/feedback/rating/actions.ts': "import { enqueue } from '../../platform/jobs.ts';\nenqueue();",
        'src/platform/jobs.ts': 'export const enqueue = () => 1;',
      },
      caught: 'src/feedback/rating/actions.ts',
    },
  ],
};

/** R8: the web imports the kernel, `web/ui` and contract files. */
export const web: Rule = {
  id: 'R8',
  title: 'the web knows contracts only',
  check(tree) {
    const violations: Violation[] = [];
    for (const path of tree.code(/^web\//)) {
      const own = path.split('/').slice(0, 2).join('/');
      for (const { path: to, line } of tree.imports(path)) {
        const inTree = /^(src|web|test|db|bench|scripts|rules)\//.test(to);
        const allowed =
          !inTree ||
          to === own ||
          to.startsWith(`${own}/`) ||
          to.startsWith('web/ui/') ||
          to.startsWith('src/kernel/') ||
          placeOf(to)?.role === 'contract' ||
          /^src\/platform\/[a-z-]+-contract\.ts$/.test(to) ||
          (/\.test\.tsx?$/.test(path) && to.startsWith('test/support/'));
        if (!allowed) violations.push({ path, line, message: `imports ${to}` });
      }
    }
    return violations;
  },
  planted: [
    {
      because: 'a noun is not a contract',
      files: {
        'web/admin/scores.tsx': "import { total } from '../../src/ledger/scoring/scoring.ts';\ntotal();",
        'src/ledger/scoring/scoring.ts': 'export const total = () => 1;',
      },
      caught: 'web/admin/scores.tsx',
    },
    {
      because: 'the kiosk is not the office',
      files: {
        'web/kiosk/main.ts': "import { table } from '../admin/table.ts';\ntable();",
        'web/admin/table.ts': 'export const table = () => 1;',
      },
      caught: 'web/kiosk/main.ts',
    },
    {
      because: 'contracts, kernel and tokens are shared',
      files: {
        'web/admin/main.tsx':
          "import { schema } from '../../src/ledger/entry/contract.ts';\n" +
          "import { accent } from '../ui/tokens.ts';\nimport 'react';\nschema(accent);",
        'src/ledger/entry/contract.ts': 'export const schema = (a: string) => a;',
        'web/ui/tokens.ts': "export const accent = '#1456b8';",
      },
      caught: null,
    },
  ],
};
