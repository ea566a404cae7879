import { nameOf, nodesIn, stringOf, walk } from '../module.ts';
import type { Rule, Tree, Violation } from '../tree.ts';

const FLOW = 'src/app/flow.ts';

/** R6: every emitted fact appears in `flow.ts`, the only place that says what it sets off. */
export const facts: Rule = {
  id: 'R6',
  title: 'every emitted fact stands in the flow',
  check(tree) {
    const inFlow = new Set(
      callsOf(tree, 'on', /^src\/app\/flow\.ts$/).map(({ argument }) => nameOf(argument)),
    );
    const defined = definedFacts(tree);
    const violations: Violation[] = [];
    const emitted = ['emit', 'emitAll'].flatMap((name) => callsOf(tree, name, /^src\/(?!.*\.test\.ts$)/, 1));
    for (const { path, line, argument } of emitted) {
      const name = nameOf(argument);
      if (!defined.has(name))
        violations.push({ path, line, message: `emits ${name || 'a fact without a name'}, defined nowhere` });
      else if (!inFlow.has(name))
        violations.push({ path, line, message: `emits ${name}, which ${FLOW} does not know` });
    }
    for (const { path, line } of callsOf(tree, 'on', /^src\/(?!app\/flow\.ts$)(?!.*\.test\.ts$)/)) {
      if (importsFacts(tree, path))
        violations.push({ path, line, message: `says what a fact sets off; only ${FLOW} does` });
    }
    return violations;
  },
  planted: [
    {
      because: 'nobody listens',
      files: {
        'src/feedback/rating/facts.ts':
          "export const ratingRecorded = defineFact('rating.recorded', schema);",
        'src/feedback/rating/actions.ts': 'emit(tx, ratingRecorded, {});',
        'src/app/flow.ts': 'export const flow = [on(caseFinished, sendInvitation)];',
      },
      caught: 'src/feedback/rating/actions.ts',
    },
    {
      because: 'nobody listens to many at once either',
      files: {
        'src/handling/duty/fact.ts': "export const dutyOverdue = defineFact('duty.overdue', schema);",
        'src/handling/duty/actions.ts': 'emitAll(tx, dutyOverdue, []);',
        'src/app/flow.ts': 'export const flow = [];',
      },
      caught: 'src/handling/duty/actions.ts',
    },
    {
      because: 'a fact has a definition',
      files: { 'src/feedback/rating/actions.ts': "emit(tx, { type: 'rating.recorded' }, {});" },
      caught: 'src/feedback/rating/actions.ts',
    },
    {
      because: 'a side channel beside the flow',
      files: {
        'src/ledger/entry/jobs.ts':
          "import { on } from '../../platform/facts.ts';\nexport const more = on(ratingRecorded, post);",
        'src/platform/facts.ts': 'export const on = () => 1;',
      },
      caught: 'src/ledger/entry/jobs.ts',
    },
    {
      because: 'emitted and listed',
      files: {
        'src/feedback/rating/facts.ts':
          "export const ratingRecorded = defineFact('rating.recorded', schema);",
        'src/feedback/rating/actions.ts': 'emit(tx, ratingRecorded, {});',
        'src/app/flow.ts': 'export const flow = [on(ratingRecorded, postEntries)];',
      },
      caught: null,
    },
  ],
};

interface Call {
  path: string;
  line: number;
  argument: unknown;
}

function callsOf(tree: Tree, callee: string, under: RegExp, position = 0): Call[] {
  const calls: Call[] = [];
  for (const path of tree.code(under)) {
    const module = tree.module(path);
    walk(module.program, (node) => {
      if (node.type !== 'CallExpression' || nameOf(node.callee) !== callee) return;
      calls.push({ path, line: module.lineAt(node.start), argument: nodesIn(node.arguments)[position] });
    });
  }
  return calls;
}

function definedFacts(tree: Tree): ReadonlySet<string> {
  const names = new Set<string>();
  for (const path of tree.code(/^src\//)) {
    walk(tree.module(path).program, (node) => {
      if (node.type !== 'VariableDeclarator') return;
      const init = node.init as { type?: string; callee?: unknown; arguments?: unknown } | null;
      const isFact = init?.type === 'CallExpression' && nameOf(init.callee) === 'defineFact';
      if (isFact && stringOf(nodesIn(init.arguments)[0]) !== undefined) names.add(nameOf(node.id));
    });
  }
  return names;
}

function importsFacts(tree: Tree, path: string): boolean {
  return tree
    .imports(path)
    .some(({ path: to, names }) => to === 'src/platform/facts.ts' && names.includes('on'));
}
