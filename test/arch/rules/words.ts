import { isNode, type Node, nameOf, nodesIn, stringOf, walk } from '../module.ts';
import { placeOf, type Rule, type Tree, type Violation } from '../tree.ts';

const GLOSSARY = 'docs/glossary.md';

/** R12, as far as the text of the tree tells: slices are in the glossary, refusals speak both languages. */
export const words: Rule = {
  id: 'R12',
  title: 'every room has a word, every refusal two sentences',
  check: (tree) => [...roomsWithoutWord(tree), ...refusals(tree)],
  planted: [
    {
      because: 'a room that the glossary does not name',
      files: {
        'src/feedback/rating/index.ts': '',
        'docs/glossary.md': '| 办件 | case | `src/intake/case` |',
      },
      caught: 'src/feedback/rating/index.ts',
    },
    {
      because: 'a code that nobody defined',
      files: {
        'src/feedback/rating/actions.ts': "throw new Refusal('rating.expired');",
        'docs/glossary.md': '`src/feedback/rating`',
      },
      caught: 'src/feedback/rating/actions.ts',
    },
    {
      because: 'one of two codes that nobody defined',
      files: {
        'src/platform/a.ts':
          "defineRefusals({ 'a.b': { status: 409, zh: '不行。', en: 'No way.' } });\n" +
          "throw new Refusal(late ? 'a.b' : 'a.c');",
      },
      caught: 'src/platform/a.ts',
    },
    {
      because: 'Chinese that is English',
      files: {
        'src/platform/a.ts': "defineRefusals({ 'a.b': { status: 409, zh: 'No way.', en: 'No way.' } });",
      },
      caught: 'src/platform/a.ts',
    },
    {
      because: 'no English',
      files: {
        'src/platform/a.ts': "const all = { 'a.b': { status: 409, zh: '不行。' } };\ndefineRefusals(all);",
      },
      caught: 'src/platform/a.ts',
    },
    {
      because: 'defined, spoken and used',
      files: {
        'src/platform/a.ts':
          "defineRefusals({ 'a.b': { status: 409, zh: '不' + '行。', en: `No way.` } } as const);\n" +
          "throw new Refusal('a.b');",
      },
      caught: null,
    },
  ],
};

function roomsWithoutWord(tree: Tree): Violation[] {
  const glossary = tree.files.get(GLOSSARY) ?? '';
  const rooms = new Map<string, string>();
  for (const path of tree.code(/^src\//)) {
    const place = placeOf(path);
    if (place !== undefined && place.stage.rooms !== null && !rooms.has(place.room))
      rooms.set(place.room, path);
  }
  return [...rooms]
    .filter(([room]) => !glossary.includes(`\`src/${room}\``))
    .map(([room, path]) => ({ path, line: 1, message: `src/${room} is missing from ${GLOSSARY}` }));
}

function refusals(tree: Tree): Violation[] {
  const violations: Violation[] = [];
  const defined = new Set<string>();
  const used: { path: string; line: number; code: string }[] = [];
  for (const path of tree.code(/^src\/(?!.*\.test\.ts$)/)) {
    const module = tree.module(path);
    walk(module.program, (node) => {
      const line = module.lineAt(node.start);
      if (node.type === 'CallExpression' && nameOf(node.callee) === 'defineRefusals') {
        for (const { code, message } of entriesOf(nodesIn(node.arguments)[0], module.program)) {
          defined.add(code);
          if (message !== undefined) violations.push({ path, line, message: `${code} ${message}` });
        }
      } else if (node.type === 'NewExpression' && nameOf(node.callee) === 'Refusal') {
        for (const code of codesIn(nodesIn(node.arguments)[0])) used.push({ path, line, code });
      }
    });
  }
  const unknown = used.filter(({ code }) => !defined.has(code));
  return [
    ...violations,
    ...unknown.map(({ code, ...at }) => ({ ...at, message: `${code} is defined nowhere` })),
  ];
}

/**
 * The entries of the catalogue given to defineRefusals, in place or by the name of a constant of the file.
 */
function entriesOf(argument: unknown, program: Node): { code: string; message: string | undefined }[] {
  const catalog = objectOf(argument) ?? constant(nameOf(argument), program);
  if (catalog === undefined) return [];
  return nodesIn(catalog.properties).flatMap((property) => {
    const code = stringOf(property.key) ?? nameOf(property.key);
    return code === '' ? [] : [{ code, message: speechless(objectOf(property.value)) }];
  });
}

function speechless(entry: Node | undefined): string | undefined {
  const text = (name: string) =>
    stringOf(nodesIn(entry?.properties).find((property) => nameOf(property.key) === name)?.value) ?? '';
  if (!/\p{Script=Han}/u.test(text('zh'))) return 'has no Chinese sentence';
  if (!/[A-Za-z]{2}.*[A-Za-z]{2}/s.test(text('en'))) return 'has no English sentence';
  return undefined;
}

function objectOf(value: unknown): Node | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'ObjectExpression') return value;
  return /^TS(As|Satisfies)Expression$/.test(value.type) ? objectOf(value.expression) : undefined;
}

function constant(name: string, program: Node): Node | undefined {
  let found: Node | undefined;
  walk(program, (node) => {
    if (node.type === 'VariableDeclarator' && nameOf(node.id) === name) found = objectOf(node.init);
  });
  return found;
}

/** The codes that an expression can give: a literal, or the two branches of a condition. */
function codesIn(value: unknown): string[] {
  if (!isNode(value)) return [];
  if (value.type === 'ConditionalExpression')
    return [...codesIn(value.consequent), ...codesIn(value.alternate)];
  const code = stringOf(value);
  return code === undefined ? [] : [code];
}
