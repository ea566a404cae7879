import { parseSync } from 'oxc-parser';

/** A node of the syntax tree, as far as the rules look into it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface ImportRef {
  readonly specifier: string;
  readonly typeOnly: boolean;
  /** names as the other module exports them; '*' for all of it */
  readonly names: readonly string[];
  readonly line: number;
}

export interface Module {
  readonly imports: readonly ImportRef[];
  readonly program: Node;
  lineAt(offset: number): number;
}

/** Parses one TypeScript or JavaScript file: its imports (re-exports and dynamic ones too) and its tree. */
export function parseModule(path: string, text: string): Module {
  const parsed = parseSync(path, text);
  const program = parsed.program as unknown as Node;
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1;
  const imports: ImportRef[] = [];
  const add = (source: unknown, typeOnly: boolean, names: string[], at: Node) => {
    const specifier = stringOf(source);
    if (specifier !== undefined) imports.push({ specifier, typeOnly, names, line: lineAt(at.start) });
  };
  walk(program, (node) => {
    const specifiers = nodesIn(node.specifiers);
    const allTypes = specifiers.length > 0 && specifiers.every(isTypeSpecifier);
    if (node.type === 'ImportDeclaration') {
      add(node.source, node.importKind === 'type' || allTypes, specifiers.map(importedName), node);
    } else if (node.type === 'ExportNamedDeclaration') {
      add(node.source, node.exportKind === 'type' || allTypes, specifiers.map(importedName), node);
    } else if (node.type === 'ExportAllDeclaration')
      add(node.source, node.exportKind === 'type', ['*'], node);
    else if (node.type === 'ImportExpression') add(node.source, false, ['*'], node);
    else if (node.type === 'TSImportType') add(node.source ?? node.argument, true, ['*'], node);
    else if (isUrlOfModule(node)) add(nodesIn(node.arguments)[0], false, ['*'], node);
  });
  return { imports, program, lineAt };
}

/** Visits every node, parents first. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    if (isNode(value)) walk(value, visit);
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) walk(item, visit);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

export function nodesIn(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The value of a string literal, of a template without places, or of such texts joined with `+`. */
export function stringOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'Literal') return typeof value.value === 'string' ? value.value : undefined;
  if (value.type === 'TSLiteralType') return stringOf(value.literal);
  if (value.type === 'TemplateLiteral')
    return nodesIn(value.expressions).length === 0 ? templateText(value) : undefined;
  if (value.type !== 'BinaryExpression' || value.operator !== '+') return undefined;
  const [left, right] = [stringOf(value.left), stringOf(value.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** The fixed parts of a template, its places left blank. */
export function templateText(template: Node): string {
  return nodesIn(template.quasis)
    .map((quasi) => (quasi.value as { cooked?: string | null }).cooked ?? '')
    .join(' ');
}

/** 'name' of `name`, `name()` callee or `object.name`; '' for anything else. */
export function nameOf(value: unknown): string {
  if (!isNode(value)) return '';
  if (value.type === 'Identifier') return String(value.name);
  if (value.type === 'MemberExpression') return `${nameOf(value.object)}.${nameOf(value.property)}`;
  return '';
}

function importedName(specifier: Node): string {
  if (specifier.type === 'ImportDefaultSpecifier') return 'default';
  if (specifier.type === 'ImportNamespaceSpecifier') return '*';
  return nameOf(specifier.imported ?? specifier.local) || (stringOf(specifier.imported) ?? '*');
}

function isTypeSpecifier(specifier: Node): boolean {
  return specifier.importKind === 'type' || specifier.exportKind === 'type';
}

function isUrlOfModule(node: Node): boolean {
  if (node.type !== 'NewExpression' || nameOf(node.callee) !== 'URL') return false;
  const [specifier, base] = nodesIn(node.arguments);
  const isModule = isNode(base?.object) && base.object.type === 'MetaProperty';
  return isModule && (stringOf(specifier)?.startsWith('.') ?? false);
}
