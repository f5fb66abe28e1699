import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { unusable } from '../../../src/db/connect/availability.ts';
import { Store } from '../../../src/db/store.ts';

let parent = '';
let said: string[] = [];
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'wn-data-'));
  said = [];
  return () => rm(parent, { recursive: true });
});

const open = (dataDir: string) =>
  Store.open({ dataDir, onError: () => undefined, log: (line) => void said.push(line) });

describe('the data folder', () => {
  it('is made for its owner only, with the folders above it', async () => {
    const dataDir = join(parent, 'some', 'data');
    await (await open(dataDir)).close();
    const made = [join(parent, 'some'), dataDir, join(dataDir, 'pglite')];
    expect(await Promise.all(made.map(modeOf))).toEqual([0o700, 0o700, 0o700]);
    expect(said).toEqual([]);
  });

  it('open to others is named, and what is in it is closed to them', async () => {
    await chmod(parent, 0o755);
    await mkdir(join(parent, 'pglite'), { mode: 0o777 });
    await (await open(parent)).close();
    expect(said).toEqual([`the data folder ${parent} is open to others: chmod 700 ${parent}`]);
    expect(await modeOf(join(parent, 'pglite'))).toBe(0o700);
  });

  it('that cannot be made where it should be is refused in one line', async () => {
    await expect(open('/proc/some/where')).rejects.toThrow(
      'the database cannot be used: the data folder /proc/some/where: it cannot be made there',
    );
  });

  it('with a file in its place is refused in one line', async () => {
    const dataDir = join(parent, 'file');
    await writeFile(dataDir, '');
    await expect(open(dataDir)).rejects.toThrow(
      `the database cannot be used: the data folder ${dataDir}: there is a file in its place`,
    );
  });

  it('with a file in place of what is in it is refused in one line', async () => {
    await writeFile(join(parent, 'pglite'), '');
    await expect(open(parent)).rejects.toThrow(
      `the database cannot be used: the data folder ${parent}: there is a file in its place`,
    );
  });

  it('that is damaged is refused with what to do, and nothing is made over it', async () => {
    await (await open(parent)).close();
    await rm(join(parent, 'pglite', 'PG_VERSION'));
    const damaged =
      /pglite is damaged, or of another version \([^\n]+\): put a backup back, or move it away to begin anew$/;
    await expect(open(parent)).rejects.toThrow(damaged);
    await writeFile(join(parent, 'pglite', 'PG_VERSION'), '19\n');
    await expect(open(parent)).rejects.toThrow(damaged);
  });

  it('of a newer release is refused in one line', async () => {
    const store = await open(parent);
    await store.checkWrites();
    await store.read((tx) =>
      tx.execute(
        sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of tomorrow', 4e12)`,
      ),
    );
    await store.close();
    await expect(open(parent)).rejects.toThrow(NEWER);
    // Free again for the newer one.
    await expect(
      open(parent).catch((error) => {
        throw unusable(error);
      }),
    ).rejects.toThrow(NEWER);
  });
});

const NEWER =
  "the database cannot be used: a newer What's Next has worked on it: start that one again, or put a backup back";

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}
