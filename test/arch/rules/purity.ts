import { PURE_GROUND, PURE_PACKAGES } from '../layout.ts';
import { nameOf, nodesIn, walk } from '../module.ts';
import { type Place, placeOf, type Rule, type Tree, type Violation } from '../tree.ts';

const WORLD =
  /^(fetch|setTimeout|setInterval|setImmediate|queueMicrotask|process|console|performance|crypto)$/;

/** R4: nouns and scoring are pure: no clock, no database, no effect. */
export const purity: Rule = {
  id: 'R4',
  title: 'nouns and contracts are pure',
  check(tree) {
    const violations: Violation[] = [];
    for (const path of tree.code(/^src\//)) {
      const place = placeOf(path);
      if (place === undefined || !mustBePure(place)) continue;
      violations.push(...impureImports(tree, path, place), ...worldlyNames(tree, path));
    }
    return violations;
  },
  planted: [
    {
      because: 'a noun reads no clock',
      files: {
        'src/feedback/rating/rating.ts': "import type { Clock } from '../../platform/clock.ts';",
        'src/platform/clock.ts': 'export interface Clock { now(): Date }',
      },
      caught: 'src/feedback/rating/rating.ts',
    },
    {
      because: 'a noun draws no chance, though it may compare bytes',
      files: {
        'src/intake/invitation/token.ts':
          "import { equalBytes, randomBytesFast } from '../../platform/crypto.ts';",
        'src/platform/crypto.ts': 'export const equalBytes = 1, randomBytesFast = 2;',
      },
      caught: 'src/intake/invitation/token.ts',
    },
    {
      because: 'a noun asks no store',
      files: {
        'src/feedback/rating/level.ts': "import { ratings } from './store.ts';\nratings();",
        'src/feedback/rating/store.ts': 'export const ratings = () => [];',
      },
      caught: 'src/feedback/rating/level.ts',
    },
    {
      because: 'a formula loads nothing',
      files: { 'src/ledger/scoring/way-2022-01.ts': "export const facts = () => fetch('/facts');" },
      caught: 'src/ledger/scoring/way-2022-01.ts',
    },
    {
      because: 'what a door passes on may be an action',
      files: {
        'src/ledger/scoring/scoring.ts':
          "import { record } from '../../feedback/rating/index.ts';\nrecord();",
        'src/feedback/rating/index.ts': "export { record } from './actions.ts';",
        'src/feedback/rating/actions.ts': 'export const record = () => 1;',
      },
      caught: 'src/ledger/scoring/scoring.ts',
    },
    {
      because: 'what a door passes on may be a noun',
      files: {
        'src/ledger/scoring/scoring.ts': "import { good } from '../../feedback/rating/index.ts';\ngood();",
        'src/feedback/rating/index.ts': "export { isGood as good } from './rating.ts';",
        'src/feedback/rating/rating.ts': 'export const isGood = () => true;',
      },
      caught: null,
    },
  ],
};

function mustBePure({ stage, role }: Place): boolean {
  return stage.rooms !== null && (role === 'noun' || role === 'contract');
}

function impureImports(tree: Tree, path: string, from: Place): Violation[] {
  return tree.imports(path).flatMap(({ path: to, line, typeOnly, names }) => {
    const allowed =
      from.role === 'contract' ? contractMayImport(to, from) : nounMayImport(tree, to, from, typeOnly, names);
    return allowed ? [] : [{ path, line, message: `a ${from.role} imports ${to}` }];
  });
}

/** A contract also runs in browsers: the kernel, zod and what is pure in its own room. */
function contractMayImport(to: string, from: Place): boolean {
  const place = placeOf(to);
  if (place === undefined) return to === 'zod';
  return place.stage.name === 'kernel' || (place.room === from.room && mustBePure(place));
}

function nounMayImport(
  tree: Tree,
  to: string,
  from: Place,
  typeOnly: boolean,
  names: readonly string[],
): boolean {
  const place = placeOf(to);
  if (place === undefined) return PURE_PACKAGES.some((name) => name === to);
  if (place.stage.name === 'kernel') return true;
  if (place.room === from.room) return mustBePure(place);
  if (place.stage.name === 'platform') return names.every((name) => PURE_GROUND[to]?.test(name));
  if (place.role !== 'index') return false;
  return typeOnly || names.every((name) => passesOnPure(tree, to, name));
}

/** Whether the door takes the name from a pure file of its room. */
function passesOnPure(tree: Tree, index: string, name: string): boolean {
  return nodesIn(tree.module(index).program.body).some((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return false;
    const source = (statement.source as { value?: unknown } | null)?.value;
    const place = typeof source === 'string' ? placeOf(tree.resolve(index, source)) : undefined;
    if (place === undefined || !mustBePure(place)) return false;
    return nodesIn(statement.specifiers).some(({ exported }) => nameOf(exported) === name);
  });
}

function worldlyNames(tree: Tree, path: string): Violation[] {
  const module = tree.module(path);
  const violations: Violation[] = [];
  walk(module.program, (node) => {
    if (node.type.startsWith('TS')) return;
    const head = node.type === 'MemberExpression' ? nameOf(node.object) : callee(node);
    if (!WORLD.test(head)) return;
    violations.push({ path, line: module.lineAt(node.start), message: `touches the world by ${head}` });
  });
  return violations;
}

function callee(node: { type: string; callee?: unknown }): string {
  return node.type === 'CallExpression' ? nameOf(node.callee) : '';
}
