import { dirname, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { STAGES } from './layout.ts';
import { placeOf, readTree, Tree } from './tree.ts';

const checkout = readTree();

/** The rooms that hold files, as the map of docs/architecture.md writes them. */
function mapOf(tree: Tree): string {
  const places = tree.code(/^src\//).map(placeOf);
  const lines = STAGES.filter((stage) => places.some((place) => place?.stage === stage)).map(
    ({ name, rooms }) => {
      const built = (rooms ?? []).filter((room) => places.some((place) => place?.room === `${name}/${room}`));
      return [name, ...built].join(' ').replace(' ', ': ');
    },
  );
  return lines.join('\n');
}

function textOf(tree: Tree, path: string): string {
  return tree.files.get(path) ?? '';
}

describe('docs/architecture.md', () => {
  it('has the map of the tree', () => {
    const drawn = /```map\n(.*?)\n```/s.exec(textOf(checkout, 'docs/architecture.md'))?.[1];
    expect(drawn).toBe(mapOf(checkout));
  });

  it('sees a room that the map leaves out', () => {
    const tree = new Tree({
      'src/kernel/day.ts': '',
      'src/intake/case/case.ts': '',
      'src/intake/ticket/index.ts': '',
    });
    expect(mapOf(tree)).toBe('kernel\nintake: case ticket');
  });
});

describe('docs/decisions', () => {
  const [dependencies = ''] = [textOf(checkout, 'docs/decisions/0001-dependencies.md')];

  it('has a line for each dependency, and no other', () => {
    const manifest = JSON.parse(textOf(checkout, 'package.json')) as Record<string, Record<string, string>>;
    const wanted = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((group) =>
      Object.keys(manifest[group] ?? {}),
    );
    const listed = dependencies
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(listed.sort()).toEqual(wanted.sort());
  });

  it('has every decision that the code leans on', () => {
    const known = new Set(
      checkout.paths(/^docs\/decisions\/\d{4}/).map((path) => posix.basename(path).slice(0, 4)),
    );
    const cited = checkout
      .code(/^(src|web|test|bench|scripts|db)\/(?!arch\/docs\.test)/)
      .flatMap((path) =>
        [...textOf(checkout, path).matchAll(/\bADR (\d{4})\b/g)].map(([, number]) => number),
      );
    expect(cited.filter((number) => !known.has(number ?? ''))).toEqual([]);
  });
});

describe('links', () => {
  const broken = (tree: Tree) =>
    tree.paths(/\.md$/).flatMap((path) => {
      const links = [...textOf(tree, path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)/g)];
      return links
        .map(([, link = '']) => ({
          path,
          link,
          to: posix.normalize(posix.join(dirname(path), link)).replace(/\/$/, ''),
        }))
        .filter(
          ({ to }) =>
            !tree.files.has(to) && ![...tree.files.keys()].some((file) => file.startsWith(`${to}/`)),
        )
        .map(({ link }) => `${path} → ${link}`);
    });

  it('lead somewhere', () => {
    expect(broken(checkout)).toEqual([]);
  });

  it('are seen when they do not', () => {
    expect(broken(new Tree({ 'README.md': '[a](docs/b.md) [c](https://d.e)' }))).toEqual([
      'README.md → docs/b.md',
    ]);
  });
});
