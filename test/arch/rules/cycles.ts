import { placeOf, type Rule, type Tree, type Violation } from '../tree.ts';

/** R9: no cycles, type imports included, neither of files nor of rooms. */
export const cycles: Rule = {
  id: 'R9',
  title: 'no circles',
  check(tree) {
    const files = graphOf(tree, (path) => path);
    const rooms = graphOf(tree, (path) => {
      const place = placeOf(path);
      return place === undefined || place.stage.rooms === null || place.role === 'test'
        ? undefined
        : place.room;
    });
    return [...circlesOf(files), ...circlesOf(rooms)].map((circle): Violation => {
      const [first = '', ...others] = circle;
      return { path: first, line: 1, message: `runs in a circle with ${others.join(', ')}` };
    });
  },
  planted: [
    {
      because: 'two files need each other, if only by type',
      files: {
        'src/ledger/entry/actions.ts': "import { entry } from './entry.ts';\nentry();",
        'src/ledger/entry/entry.ts':
          "import type { post } from './actions.ts';\nexport const entry = (): typeof post => 1;",
      },
      caught: 'src/ledger/entry/actions.ts',
    },
    {
      because: 'two rooms need each other through different files',
      files: {
        'src/ledger/entry/actions.ts': "import '../period/index.ts';",
        'src/ledger/entry/index.ts': 'export const a = 1;',
        'src/ledger/period/index.ts': 'export const b = 1;',
        'src/ledger/period/actions.ts': "import '../entry/index.ts';",
      },
      caught: 'ledger/entry',
    },
  ],
};

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

function graphOf(tree: Tree, nodeOf: (path: string) => string | undefined): Graph {
  const graph = new Map<string, Set<string>>();
  for (const path of tree.code()) {
    const from = nodeOf(path);
    if (from === undefined) continue;
    const targets = graph.get(from) ?? new Set<string>();
    graph.set(from, targets);
    for (const imported of tree.imports(path)) {
      const to = tree.files.has(imported.path) ? nodeOf(imported.path) : undefined;
      if (to !== undefined && (to !== from || from === path)) targets.add(to);
    }
  }
  return graph;
}

/** Groups of nodes that reach each other, each sorted (Tarjan's strongly connected components). */
export function circlesOf(graph: Graph): string[][] {
  const state = new Map<string, { index: number; low: number; onStack: boolean }>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string) => {
    const own = { index: state.size, low: state.size, onStack: true };
    state.set(node, own);
    stack.push(node);
    for (const target of graph.get(node) ?? []) {
      const seen = state.get(target) ?? visit(target);
      if (seen.onStack) own.low = Math.min(own.low, seen.low);
    }
    if (own.low === own.index) close(node);
    return own;
  };
  const close = (root: string) => {
    const circle = stack.splice(stack.indexOf(root));
    for (const node of circle) {
      const seen = state.get(node);
      if (seen !== undefined) seen.onStack = false;
    }
    if (circle.length > 1 || graph.get(root)?.has(root)) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!state.has(node)) visit(node);
  return circles;
}
