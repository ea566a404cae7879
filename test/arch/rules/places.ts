import { posix } from 'node:path';
import { ENTRY_POINTS, FORBIDDEN_NAMES, PLACES } from '../layout.ts';
import { matches, placeOf, type Rule, type Tree, type Violation } from '../tree.ts';

/** R10: every file has a place in the tree and is reached. */
export const places: Rule = {
  id: 'R10',
  title: 'every file has a place and is reached',
  check(tree) {
    const violations: Violation[] = [];
    const reached = reachedFrom(tree);
    for (const path of tree.files.keys()) {
      const message = misplaced(path) ?? unreached(tree, path, reached);
      if (message !== undefined) violations.push({ path, line: 1, message });
    }
    return violations;
  },
  planted: [
    {
      because: 'a room that nobody planned',
      files: {
        'src/feedback/gossip/index.ts': 'export const a = 1;',
        'src/app/main.ts': "import '../feedback/gossip/index.ts';",
      },
      caught: 'src/feedback/gossip/index.ts',
    },
    {
      because: 'a drawer for everything',
      files: {
        'src/platform/string-utils.ts': '',
        'src/app/main.ts': "import '../platform/string-utils.ts';",
      },
      caught: 'src/platform/string-utils.ts',
    },
    {
      because: 'a folder inside a room',
      files: {
        'src/ledger/entry/deep/down.ts': '',
        'src/app/main.ts': "import '../ledger/entry/deep/down.ts';",
      },
      caught: 'src/ledger/entry/deep/down.ts',
    },
    {
      because: 'nobody imports it but its test',
      files: {
        'src/kernel/colour.ts': 'export const red = 1;',
        'src/kernel/colour.test.ts': "import { red } from './colour.ts';\nred;",
        'src/app/main.ts': '',
      },
      caught: 'src/kernel/colour.ts',
    },
    {
      because: 'a script that no command starts',
      files: { 'scripts/forgotten.mjs': '', 'package.json': '{}' },
      caught: 'scripts/forgotten.mjs',
    },
    {
      because: 'a picture that no page shows',
      files: { 'web/ui/face.svg': '<svg/>', 'web/admin/main.tsx': '' },
      caught: 'web/ui/face.svg',
    },
    {
      because: 'reached, by value, type, page or url',
      files: {
        'src/app/main.ts': "import type { A } from '../kernel/a.ts';\nnew URL('./task.ts', import.meta.url);",
        'src/app/task.ts': '',
        'src/kernel/a.ts': 'export type A = 1;',
        'web/admin/index.html': '<script src="./main.tsx"></script>',
        'web/admin/main.tsx': "import './main.css';",
        'web/admin/main.css': '',
        'scripts/start.mjs': '',
        'package.json': '{"scripts":{"start":"node scripts/start.mjs"}}',
      },
      caught: null,
    },
  ],
};

function misplaced(path: string): string | undefined {
  if (FORBIDDEN_NAMES.test(posix.basename(path))) return 'has a name that says nothing';
  if (matches(path, PLACES)) return undefined;
  const place = placeOf(path);
  const rooms = place?.stage.rooms;
  const [, stage, room, file, ...deeper] = path.split('/');
  if (!path.startsWith('src/') || !rooms || !room || !file || deeper.length > 0)
    return 'has no place in the tree';
  if (!rooms.includes(room)) return `lies in ${stage}/${room}, a room that layout.ts does not know`;
  return /^[a-z0-9-]+(\.test)?\.ts$/.test(file) ? undefined : 'is no file of a room';
}

function unreached(tree: Tree, path: string, reached: ReadonlySet<string>): string | undefined {
  if (/\.(test\.tsx?|d\.ts|md)$/.test(path) || reached.has(path)) return undefined;
  if (/^(src|web|test|bench|db)\/.*\.tsx?$/.test(path)) return 'is reached from no entry point';
  if (/^scripts\//.test(path)) return named(tree, path, /^package\.json$|^\.ci\/run$|^(scripts|src|test)\//);
  if (/^web\//.test(path)) return named(tree, path, /^(web|src)\//);
  if (/^db\/seed\//.test(path)) return named(tree, path, /^db\/seed\/.*\.ts$/);
  return undefined;
}

/** What is no code is reached when a file of the kind names it, or the folder it lies in. */
function named(tree: Tree, path: string, by: RegExp): string | undefined {
  const [file, folder] = [posix.basename(path), posix.basename(posix.dirname(path))];
  const mentions = (text: string) =>
    text.includes(file) || (/^db\//.test(path) && text.includes(`${folder}`));
  const found = tree.paths(by).some((other) => other !== path && mentions(tree.files.get(other) ?? ''));
  return found ? undefined : 'is named by no file that could use it';
}

/** Everything that product and tests reach; what only tests reach counts under test/ alone. */
function reachedFrom(tree: Tree): ReadonlySet<string> {
  const entries = [...tree.files.keys()].filter((path) => matches(path, ENTRY_POINTS));
  const product = follow(tree, [...entries, ...tree.paths(/^scripts\/.*\.mjs$/)]);
  const tests = follow(tree, tree.paths(/\.test\.tsx?$/));
  return new Set([...product, ...[...tests].filter((path) => path.startsWith('test/'))]);
}

function follow(tree: Tree, entries: readonly string[]): Set<string> {
  const reached = new Set<string>(entries);
  for (const path of reached) {
    const next = /\.(ts|tsx|mjs)$/.test(path)
      ? tree.imports(path).map((imported) => imported.path)
      : linked(tree, path);
    for (const to of next) if (tree.files.has(to)) reached.add(to);
  }
  for (const entry of entries) if (entry.startsWith('scripts/')) reached.delete(entry);
  return reached;
}

function linked(tree: Tree, page: string): string[] {
  const links = (tree.files.get(page) ?? '').matchAll(/(?:src|href)="\.?\/?([^"#?]+)"/g);
  return [...links].map(([, link = '']) => posix.normalize(posix.join(posix.dirname(page), link)));
}
