import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const pages = globSync(['*.md', 'docs/**/*.md', '{src,test}/**/*.md'], { cwd: root }).sort();

it('opens with the two commands that are all the set-up there is', () => {
  const opening = read('README.md').split('\n').slice(0, 20).join('\n');

  expect(opening).toContain('npm ci && npm run sandbox');
  expect(opening).toContain('npm ci && npm test');
});

it('lists the variables that the environment is read for, as .env.example does', () => {
  const variables = named('src/env.ts', /^ {2}([A-Z][A-Z_]+):/gm);

  expect(variables).toContain('SLACK_BOT_TOKEN');
  expect(named('README.md', /^\| `([A-Z_]+)` \|/gm)).toEqual(variables);
  expect(named('.env.example', /^([A-Z_]+)=/gm)).toEqual(variables);
});

describe.each(pages)('%s', (page) => {
  it('names only paths that exist', () => {
    expect([...pathsOf(page)].filter((path) => !exists(path))).toEqual([]);
  });

  it('names only scripts that exist', () => {
    const named = [...read(page).matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? '');

    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

/** What the pattern's group finds in a file, sorted. */
function named(path: string, pattern: RegExp): string[] {
  return [...read(path).matchAll(pattern)].map((match) => match[1] ?? '').sort();
}

/** The paths of this repository that a page writes as code, and the local files that it links to. */
function pathsOf(page: string): Set<string> {
  const text = read(page);
  const code = [...text.matchAll(/```[^\n]*\n(.*?)```|`([^`\n]+)`/gs)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const words = code.flatMap((span) => span.split(/[\s'"(),;:]+/));
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map((match) => match[1] ?? '');
  return new Set([
    ...words.filter((word) => /^(\.\/)?(src|test|migrations|lint|docs|\.ci)\//.test(word)),
    ...links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(page, '..', link)),
  ]);
}

/** `src/deals/<source>.ts` and `test/**` stand for whatever fits: at least one file must. */
function exists(path: string): boolean {
  const pattern = path.replace(/<[^>]+>/g, '*');
  return pattern.includes('*') ? globSync(pattern, { cwd: root }).length > 0 : existsSync(join(root, path));
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
