import { CLOCKS, ENVIRONMENT, EXACT, GENERATED, LIMITS } from '../layout.ts';
import { type Module, type Node, nameOf, nodesIn, walk } from '../module.ts';
import { matches, type Rule, type Tree, type Violation } from '../tree.ts';

/** R11: tidy. */
export const tidy: Rule = {
  id: 'R11',
  title: 'tidy',
  check(tree) {
    const violations: Violation[] = [];
    for (const path of tree.paths(/\.(ts|tsx|mjs|css|sql)$/)) {
      if (matches(path, GENERATED)) continue;
      violations.push(...tooLong(tree, path));
      if (!/\.(css|sql)$/.test(path)) violations.push(...untidyCode(tree, path));
    }
    return violations;
  },
  planted: [
    clockless('export const at = new Date();'),
    clockless('export const at = Date.now();'),
    clockless("export const at = globalThis['Date'].now();"),
    untidy('chance is drawn by platform/crypto', 'export const dice = Math.random() * 6;'),
    untidy('settings come from config', "export const port = process.env.PORT ?? '';"),
    untidy('settings come from config', "import { env } from 'node:process';\nenv;"),
    untidy('any says nothing', 'export const a = (b: any) => b;'),
    untidy('any says nothing, deep in a type', 'export type A = Map<string, any[]>;'),
    exactly('export const points = 0.5;'),
    exactly('export const points = (a: number) => a.toFixed(2);'),
    exactly('export const points = Number.parseFloat("1");'),
    exactly('export const points = (a: number) => Math.round(a / 2);'),
    exactly('export const points = 5e-1;'),
    untidy('a line of 111', `// ${'x'.repeat(LIMITS.line - 2)}`),
    untidy('a file of 401 lines', 'export {};\n'.repeat(LIMITS.file + 1)),
    untidy('a function of 71 lines', `export function long() {${'\n'.repeat(LIMITS.function)}}`),
    untidy('a method of 71 lines', `export const o = { long() {${'\n'.repeat(LIMITS.function)}} };`),
    {
      because: 'a group of tests is no function, and a given instant no clock',
      files: {
        'src/kernel/a.test.ts': `describe('a', () => {${'\n'.repeat(LIMITS.function)}});\nnew Date(0);`,
        'src/kernel/b.ts': `// ${'评'.repeat(LIMITS.line - 3)}\nexport const half = 0.5;`,
      },
      caught: null,
    },
  ],
};

function untidy(because: string, text: string, path = 'src/registry/staff/staff.ts') {
  return { because, files: { [path]: text }, caught: path };
}

function clockless(text: string) {
  return untidy('only the clock knows the time', text);
}

function exactly(text: string) {
  return untidy('points and money are whole numbers', text, 'src/ledger/scoring/scoring.ts');
}

function tooLong(tree: Tree, path: string): Violation[] {
  const lines = (tree.files.get(path) ?? '').replace(/\n$/, '').split('\n');
  const long = lines.flatMap((text, at) => {
    const length = Array.from(text).length;
    return length > LIMITS.line
      ? [{ path, line: at + 1, message: `has ${length} characters in a line` }]
      : [];
  });
  return lines.length > LIMITS.file
    ? [...long, { path, line: 1, message: `has ${lines.length} lines` }]
    : long;
}

function untidyCode(tree: Tree, path: string): Violation[] {
  const module = tree.module(path);
  const violations: Violation[] = [];
  const groups = new Set<Node>();
  const exact = matches(path, EXACT) && !/\.test\.ts$/.test(path);
  walk(module.program, (node) => {
    if (isGroupOfTests(node)) for (const argument of nodesIn(node.arguments)) groups.add(argument);
    const message =
      untimely(node, path) ??
      unsettled(node, path) ??
      (exact ? inexact(node) : undefined) ??
      (groups.has(node) ? undefined : longFunction(node, module));
    if (message !== undefined) violations.push({ path, line: module.lineAt(node.start), message });
  });
  return violations;
}

function untimely(node: Node, path: string): string | undefined {
  if (matches(path, CLOCKS)) return undefined;
  const isDate = node.type === 'NewExpression' && nameOf(node.callee) === 'Date';
  if (isDate && nodesIn(node.arguments).length === 0) return 'asks the time by new Date()';
  if (node.type !== 'MemberExpression' || nameOf(node.property) !== 'now') return undefined;
  const object = node.object as Node;
  const dateByName =
    nameOf(object) === 'Date' || (object.type === 'MemberExpression' && literal(object.property) === 'Date');
  return dateByName ? 'asks the time by Date.now' : undefined;
}

function unsettled(node: Node, path: string): string | undefined {
  if (node.type === 'TSAnyKeyword') return 'says any';
  const name = node.type === 'MemberExpression' ? nameOf(node) : '';
  if (name === 'Math.random') return 'draws by Math.random';
  if (matches(path, ENVIRONMENT)) return undefined;
  if (name === 'process.env') return 'reads process.env';
  const importsEnv = node.type === 'ImportSpecifier' && nameOf(node.imported) === 'env';
  return importsEnv ? 'imports the environment' : undefined;
}

function inexact(node: Node): string | undefined {
  if (
    node.type === 'Literal' &&
    typeof node.value === 'number' &&
    /[.e]/i.test(String(node.raw).replace(/^0x.*/i, ''))
  ) {
    return `holds the fraction ${String(node.raw)} where numbers are whole`;
  }
  if (node.type !== 'MemberExpression' && node.type !== 'Identifier') return undefined;
  const name = nameOf(node);
  return /(^|\.)(parseFloat|toFixed|toPrecision)$|^Math\.(round|floor|ceil|trunc|fround)$/.test(name)
    ? `rounds by ${name}; points.ts does it exactly`
    : undefined;
}

function longFunction(node: Node, module: Module): string | undefined {
  if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return undefined;
  const lines = module.lineAt(node.end) - module.lineAt(node.start) + 1;
  return lines > LIMITS.function ? `has a function of ${lines} lines` : undefined;
}

function isGroupOfTests(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const callee = node.callee as Node;
  const name = callee.type === 'CallExpression' ? nameOf(callee.callee) : nameOf(callee);
  return /^describe(\.|$)/.test(name);
}

function literal(value: unknown): unknown {
  return (value as Node | undefined)?.value;
}
