import { LOCAL_SCHEMAS, LOCAL_TABLES, REFERENCE_TABLES, SQL_OUTSIDE_STORES, STAGES } from '../layout.ts';
import { type Node, nameOf, stringOf, templateText, walk } from '../module.ts';
import { matches, type Place, placeOf, type Rule, type Tree, type Violation } from '../tree.ts';

const STATEMENT = new RegExp(
  ['SELECT\\s[\\s\\S]*\\bFROM', 'INSERT\\s+INTO', 'UPDATE\\s+[a-z_.]+\\s+SET', 'DELETE\\s+FROM']
    .concat(['CREATE', 'ALTER', 'DROP', 'TRUNCATE'].map((verb) => `${verb}\\s+TABLE`))
    .map((start) => `\\b${start}\\s`)
    .join('|'),
);
const QUALIFIED = /(?<!')\b([a-z]+)\.([a-z_0-9]+)\b(?!\s*\()/g;
const SCHEMAS = new Set(STAGES.map(({ name }) => name));

/** R5: SQL has one home, the stores; a store reads its own schema and the views that upstream publishes. */
export const sql: Rule = {
  id: 'R5',
  title: 'SQL lives in stores and keeps to its schema',
  check(tree) {
    const violations: Violation[] = [];
    const views = publishedViews(tree);
    for (const path of tree.code(/^(src|web)\//)) {
      const place = placeOf(path);
      if (matches(path, SQL_OUTSIDE_STORES) || place?.role === 'test') continue;
      if (place?.role === 'store') violations.push(...storeViolations(tree, path, place, views));
      else violations.push(...strayViolations(tree, path));
    }
    return violations;
  },
  planted: [
    {
      because: 'an action writes no statement',
      files: { 'src/ledger/entry/actions.ts': 'export const q = "INSERT INTO ledger.entry (a) VALUES (1)";' },
      caught: 'src/ledger/entry/actions.ts',
    },
    {
      because: 'only stores hold the tool',
      files: { 'src/ledger/entry/actions.ts': "import { sql } from 'kysely';\nsql``;" },
      caught: 'src/ledger/entry/actions.ts',
    },
    {
      because: "another stage's table is read by its door or its view",
      files: {
        'src/ledger/entry/store.ts':
          "import { sql } from 'kysely';\n" +
          'export const q = () => sql`SELECT 1 FROM feedback.rating WHERE city_code = 1`;',
      },
      caught: 'src/ledger/entry/store.ts',
    },
    {
      because: 'downstream does not exist, not even by view',
      files: {
        'db/migrations/0008_close.sql': 'CREATE VIEW close.total AS SELECT 1;',
        'src/feedback/rating/store.ts':
          "import { sql } from 'kysely';\n" +
          'export const q = () => sql`SELECT 1 FROM close.total WHERE city_code = 1`;',
      },
      caught: 'src/feedback/rating/store.ts',
    },
    {
      because: 'a statement without the city asks every machine of a province',
      files: {
        'src/feedback/rating/store.ts':
          "import { sql } from 'kysely';\nexport const q = () => sql`SELECT 1 FROM feedback.rating`;",
      },
      caught: 'src/feedback/rating/store.ts',
    },
    {
      because: 'a published view may be joined',
      files: {
        'db/migrations/0004_intake.sql': 'CREATE VIEW intake.ratable_step AS SELECT 1;',
        'src/feedback/rating/store.ts':
          "import { sql } from 'kysely';\n" +
          'export const q = () => sql`SELECT 1 FROM feedback.rating r\n' +
          '  JOIN intake.ratable_step s USING (city_code, step_id) WHERE city_code = 1`;',
      },
      caught: null,
    },
  ],
};

/** Views by qualified name, as the migrations make them. */
function publishedViews(tree: Tree): ReadonlySet<string> {
  const texts = tree.paths(/^db\/migrations\/.*\.sql$/).map((path) => tree.files.get(path) ?? '');
  const view = /CREATE\s+(?:OR\s+REPLACE\s+)?(?:MATERIALIZED\s+)?VIEW\s+([a-z]+\.[a-z_0-9]+)/gi;
  return new Set(texts.flatMap((text) => [...text.matchAll(view)].map((match) => match[1] ?? '')));
}

function strayViolations(tree: Tree, path: string): Violation[] {
  const module = tree.module(path);
  const violations: Violation[] = [];
  for (const { path: to, line } of tree.imports(path)) {
    if (/^(kysely|pg)$/.test(to))
      violations.push({ path, line, message: `imports ${to}; only stores query` });
  }
  walk(module.program, (node) => {
    const text =
      node.type === 'TemplateLiteral'
        ? templateText(node)
        : node.type === 'Literal'
          ? stringOf(node)
          : undefined;
    if (text === undefined || !STATEMENT.test(text)) return;
    violations.push({ path, line: module.lineAt(node.start), message: 'holds SQL; only stores do' });
  });
  return violations;
}

function storeViolations(tree: Tree, path: string, place: Place, views: ReadonlySet<string>): Violation[] {
  const module = tree.module(path);
  const text = tree.files.get(path) ?? '';
  const violations: Violation[] = [];
  for (const { node, scope } of statementsOf(module.program)) {
    const line = module.lineAt(node.start);
    const tables = tablesIn(templateText(node));
    for (const table of tables) {
      const message = foreignTable(table, place, views);
      if (message !== undefined) violations.push({ path, line, message });
    }
    const ofCities = tables.filter(isOfCity);
    if (ofCities.length > 0 && !/city_?code/i.test(text.slice(scope.start, scope.end))) {
      violations.push({ path, line, message: `reads ${ofCities.join(', ')} without city_code` });
    }
  }
  return violations;
}

/** The templates tagged `sql`, each with the top-level statement around it, whose fragments belong to it. */
function statementsOf(program: Node): { node: Node; scope: Node }[] {
  const found: { node: Node; scope: Node }[] = [];
  for (const scope of (program.body as Node[]) ?? []) {
    walk(scope, (node) => {
      if (node.type !== 'TaggedTemplateExpression' || nameOf(node.tag) !== 'sql') return;
      found.push({ node: node.quasi as Node, scope });
    });
  }
  return found;
}

function tablesIn(text: string): string[] {
  const names = [...text.matchAll(QUALIFIED)].filter(([, schema = '']) => SCHEMAS.has(schema));
  return [...new Set(names.map(([name]) => name))];
}

function foreignTable(table: string, place: Place, views: ReadonlySet<string>): string | undefined {
  const schema = table.split('.')[0];
  const owner = STAGES.find(({ name }) => name === schema);
  if (owner === undefined || owner === place.stage) return undefined;
  if (owner.rank >= place.stage.rank) return `names ${table}, which lies downstream or beside`;
  return views.has(table)
    ? undefined
    : `names ${table}; read it by a door or a view that ${schema} publishes`;
}

function isOfCity(table: string): boolean {
  const schema = table.split('.')[0] ?? '';
  return (
    !LOCAL_SCHEMAS.includes(schema) && !LOCAL_TABLES.includes(table) && !REFERENCE_TABLES.includes(table)
  );
}
