import { ARROWS, OPEN_TO_APP } from '../layout.ts';
import { type Place, placeOf, type Rule, type Tree, type Violation } from '../tree.ts';

/** R1: a file imports its own slice or an earlier stage. */
export const river: Rule = {
  id: 'R1',
  title: 'imports point upstream',
  check: (tree) =>
    eachRoomImport(tree, (from, to) => (isUpstream(from, to) ? undefined : upstreamMessage(from, to))),
  planted: [
    {
      because: 'a rating knows of the score',
      files: {
        'src/feedback/rating/actions.ts': "import { post } from '../../ledger/entry/index.ts';\npost();",
        'src/ledger/entry/index.ts': 'export const post = () => 1;',
      },
      caught: 'src/feedback/rating/actions.ts',
    },
    {
      because: 'conduct and feedback stand side by side, types too',
      files: {
        'src/conduct/merit/merit.ts': "import type { Rating } from '../../feedback/rating/index.ts';",
        'src/feedback/rating/index.ts': 'export interface Rating { level: 1 }',
      },
      caught: 'src/conduct/merit/merit.ts',
    },
    {
      because: 'an arrow of the table runs one way only',
      files: {
        'src/intake/invitation/store.ts': "export * from '../case/index.ts';",
        'src/intake/case/index.ts': 'export const a = 1;',
      },
      caught: 'src/intake/invitation/store.ts',
    },
    {
      because: 'the ground knows no room',
      files: {
        'src/platform/http.ts': "const { a } = await import('../oversight/audit/index.ts');",
        'src/oversight/audit/index.ts': 'export const a = 1;',
      },
      caught: 'src/platform/http.ts',
    },
    {
      because: 'downstream looks upstream',
      files: {
        'src/ledger/entry/actions.ts': "import { a } from '../../feedback/rating/index.ts';\na();",
        'src/feedback/rating/index.ts': "import { b } from '../../kernel/day.ts';\nexport const a = b;",
        'src/kernel/day.ts': 'export const b = 1;',
      },
      caught: null,
    },
  ],
};

/** R2: another slice only through its `index.ts`. */
export const door: Rule = {
  id: 'R2',
  title: 'another slice is entered by its door',
  check: (tree) =>
    eachRoomImport(tree, (from, to, path) => {
      if (to.stage.rooms === null || to.room === from.room || to.role === 'index') return undefined;
      if (from.stage.name === 'app' && OPEN_TO_APP.includes(to.role)) return undefined;
      return `enters ${to.room} by ${path.split('/').at(-1)} instead of its index.ts`;
    }),
  planted: [
    {
      because: 'the store of another slice is its own affair',
      files: {
        'src/close/month/actions.ts': "import { entries } from '../../ledger/entry/store.ts';\nentries();",
        'src/ledger/entry/store.ts': 'export const entries = () => [];',
      },
      caught: 'src/close/month/actions.ts',
    },
    {
      because: 'even app/ does not reach into a store',
      files: {
        'src/app/wire.ts': "import { entries } from '../ledger/entry/store.ts';\nentries();",
        'src/ledger/entry/store.ts': 'export const entries = () => [];',
      },
      caught: 'src/app/wire.ts',
    },
  ],
};

/** R3: the kernel imports only itself. */
export const kernel: Rule = {
  id: 'R3',
  title: 'the kernel imports only itself',
  check(tree) {
    const violations: Violation[] = [];
    for (const path of tree.code(/^src\/kernel\//)) {
      const allowed = /\.test\.ts$/.test(path) ? /^src\/kernel\/|^vitest$|^fast-check$/ : /^src\/kernel\//;
      for (const { path: to, line } of tree.imports(path)) {
        if (!allowed.test(to)) violations.push({ path, line, message: `imports ${to}` });
      }
    }
    return violations;
  },
  planted: [
    {
      because: 'the kernel also runs in browsers',
      files: { 'src/kernel/day.ts': "import { format } from 'node:util';\nformat();" },
      caught: 'src/kernel/day.ts',
    },
    {
      because: 'types are imports too',
      files: { 'src/kernel/day.ts': "export type { Clock } from '../platform/clock.ts';" },
      caught: 'src/kernel/day.ts',
    },
  ],
};

function isUpstream(from: Place, to: Place): boolean {
  if (from.room === to.room || to.stage.rank < from.stage.rank) return true;
  return ARROWS.some(([importer, imported]) => importer === from.room && imported === to.room);
}

function upstreamMessage(from: Place, to: Place): string {
  const reason = from.stage === to.stage ? 'has no arrow in layout.ts to' : 'lies not downstream of';
  return `${from.room} ${reason} ${to.room}`;
}

/** Every import from one file of src/ to another that both have a place, with what is wrong about it. */
function eachRoomImport(
  tree: Tree,
  judge: (from: Place, to: Place, path: string) => string | undefined,
): Violation[] {
  const violations: Violation[] = [];
  for (const path of tree.code(/^src\//)) {
    const from = placeOf(path);
    if (from === undefined) continue;
    for (const imported of tree.imports(path)) {
      const to = placeOf(imported.path);
      const message = to === undefined ? undefined : judge(from, to, imported.path);
      if (message !== undefined) violations.push({ path, line: imported.line, message });
    }
  }
  return violations;
}
