import type { ForeignKey, Table } from '../catalogue.ts';
import { LOCAL_SCHEMAS, LOCAL_TABLES, PLAIN_COLUMNS, REFERENCE_TABLES } from '../layout.ts';

export type TableClass = 'city' | 'reference' | 'local';

/** Where the table lives once a province distributes it. */
export function classOf(name: string): TableClass {
  if (REFERENCE_TABLES.includes(name)) return 'reference';
  const schema = name.split('.')[0] ?? '';
  return LOCAL_SCHEMAS.includes(schema) || LOCAL_TABLES.includes(name) ? 'local' : 'city';
}

/** R12: each table and each column that its name does not explain has a comment. */
export function silentWords(tables: readonly Table[]): string[] {
  return tables.flatMap((table) => {
    const linked = new Set(table.foreignKeys.flatMap(({ from }) => from));
    const silent = table.columns.filter(
      ({ name, comment }) =>
        !comment?.trim() && !PLAIN_COLUMNS.some((plain) => plain.test(name)) && !linked.has(name),
    );
    const columns = silent.map(({ name }) => `${table.name}.${name} has no comment`);
    return table.comment?.trim() ? columns : [`${table.name} has no comment`, ...columns];
  });
}

/** What PostgreSQL with Citus cannot distribute by city, or would distribute wrongly without a word. */
export function undistributable(tables: readonly Table[]): string[] {
  return tables.flatMap((table) => {
    const name = table.name;
    const kind = classOf(name);
    const broken: string[] = kind === 'city' ? [...cityColumn(table), ...cityKeys(table)] : [];
    broken.push(...table.foreignKeys.flatMap((key) => badForeignKey(kind, key)));
    if (kind !== 'local' && table.triggers > 0) broken.push('has a trigger');
    if (kind === 'reference' && table.partitioned) broken.push('is a partitioned reference table');
    if (table.inherits) broken.push('inherits');
    return broken.map((message) => `${name} ${message}`);
  });
}

function cityColumn(table: Table): string[] {
  const city = table.columns.find(({ name }) => name === 'city_code');
  const small = table.columns.filter(({ identity, type }) => identity !== '' && type !== 'bigint');
  const broken = small.map(({ name }) => `has the identity ${name}, which is no bigint`);
  if (city === undefined) return [...broken, 'has no city_code'];
  if (city.type !== 'text' || !city.notNull || city.generated !== '' || city.identity !== '') {
    broken.push('has a city_code that is not a plain text NOT NULL');
  }
  return broken;
}

function cityKeys(table: Table): string[] {
  const keys = table.indexes.filter(({ primary, unique }) => primary || unique);
  const broken = keys
    .filter(({ columns }) => columns[0] !== 'city_code')
    .map(({ name }) => `has the key ${name}, which does not begin with city_code`);
  return keys.some(({ primary }) => primary) ? broken : [...broken, 'has no primary key'];
}

function badForeignKey(kind: TableClass, key: ForeignKey): string[] {
  const target = classOf(key.target);
  const at = key.from.indexOf('city_code');
  const byCity = at >= 0 && key.to[at] === 'city_code';
  const to = `by ${key.name} to ${key.target}`;
  if (kind === 'local') return target === 'local' ? [] : [`refers ${to}, out of the coordinator`];
  if (target === 'local') return [`refers ${to}, which only the coordinator has`];
  if (kind === 'reference') return target === 'reference' ? [] : [`refers ${to}, which is a city's own`];
  if (target === 'reference') return [];
  if (!byCity) return [`refers ${to} without city_code`];
  const clears = /[nd]/.test(key.onDelete) || /[cnd]/.test(key.onUpdate);
  return clears ? [`refers ${to} and would rewrite city_code`] : [];
}
