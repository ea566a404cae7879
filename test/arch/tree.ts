import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROLES, type Role, STAGES, type Stage } from './layout.ts';
import { type Module, parseModule } from './module.ts';

/** Where a rule is broken and how; `path` and `line` make it clickable. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** A rule over the text of the tree, with the bad examples that prove it awake. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  check(tree: Tree): Violation[];
  readonly planted: readonly Planted[];
}

export interface Planted {
  readonly because: string;
  readonly files: Readonly<Record<string, string>>;
  /** the file that must be named; null when the example is right and must pass */
  readonly caught: string | null;
}

/** Where a file of `src/` stands. */
export interface Place {
  readonly stage: Stage;
  /** 'feedback/rating', or the stage's own name where it has no rooms */
  readonly room: string;
  readonly role: Role;
}

const SKIPPED = new Set(['node_modules', '.git', 'dist', '.data', 'coverage', '.vite']);
const TEXT = /\.(ts|tsx|mjs|sql|css|html|md|json|yaml|txt|csv|svg|webmanifest)$|^(LICENSE|\.[a-z]+|run)$/;
const CODE = /\.(ts|tsx|mjs)$/;

/** The files of a checkout, or of an example held in memory. Paths are relative, with slashes. */
export class Tree {
  readonly files: ReadonlyMap<string, string>;
  readonly #modules = new Map<string, Module>();

  constructor(files: ReadonlyMap<string, string> | Readonly<Record<string, string>>) {
    this.files = files instanceof Map ? files : new Map(Object.entries(files));
  }

  paths(pattern: RegExp): string[] {
    return [...this.files.keys()].filter((path) => pattern.test(path)).sort();
  }

  code(under: RegExp = /./): string[] {
    return this.paths(under).filter((path) => CODE.test(path));
  }

  module(path: string): Module {
    const known = this.#modules.get(path) ?? parseModule(path, this.files.get(path) ?? '');
    this.#modules.set(path, known);
    return known;
  }

  /** The path that a relative specifier names; a package's own name otherwise. */
  resolve(from: string, specifier: string): string {
    if (!specifier.startsWith('.')) return specifier;
    const path = posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')));
    const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`];
    return candidates.find((candidate) => this.files.has(candidate)) ?? path;
  }

  /** What a file imports, resolved. */
  imports(from: string): { path: string; line: number; typeOnly: boolean; names: readonly string[] }[] {
    return this.module(from).imports.map(({ specifier, ...rest }) => ({
      path: this.resolve(from, specifier),
      ...rest,
    }));
  }
}

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Reads the checkout: everything but what is installed, built or data of a running instance. */
export function readTree(root: string = ROOT): Tree {
  const files = new Map<string, string>();
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name)) continue;
    if (entry.isDirectory()) readFolder(root, entry.name, files);
    else if (entry.isFile()) files.set(entry.name, readFileSync(join(root, entry.name), 'utf8'));
  }
  return new Tree(files);
}

function readFolder(root: string, folder: string, files: Map<string, string>): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (SKIPPED.has(entry.name)) continue;
    if (entry.isDirectory()) readFolder(root, path, files);
    else files.set(path, TEXT.test(entry.name) ? readFileSync(join(root, path), 'utf8') : '');
  }
}

/** The stage, room and role of a file under src/; undefined for a stage that does not exist. */
export function placeOf(path: string): Place | undefined {
  const [top, stageName, ...rest] = path.split('/');
  const stage = STAGES.find(({ name }) => name === stageName);
  if (top !== 'src' || stage === undefined || rest.length === 0) return undefined;
  const room = stage.rooms === null || rest.length < 2 ? stage.name : `${stage.name}/${rest[0]}`;
  return { stage, room, role: roleOf(path) };
}

export function roleOf(path: string): Role {
  if (/\.test\.tsx?$/.test(path)) return 'test';
  const lastWord = posix
    .basename(path)
    .replace(/\.tsx?$/, '')
    .split('-')
    .at(-1);
  return ROLES.find((role) => role === lastWord) ?? 'noun';
}

export function matches(path: string, patterns: readonly RegExp[]): boolean {
  return patterns.some((pattern) => pattern.test(path));
}
