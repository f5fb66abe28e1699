import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { FolderHeldError, lockFolder } from '../../../src/db/connect/folder-lock.ts';

const MODULE = fileURLToPath(new URL('../../../src/db/connect/folder-lock.ts', import.meta.url));
const onLost = () => undefined;
const lock = (signMissingMs = 30_000) => lockFolder(folder, { onLost, signMissingMs });

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wn-lock-'));
  return () => rm(folder, { recursive: true });
});

/** A process that locks the folder and says what came of it; it stays until it is killed. */
async function another(): Promise<{ child: ChildProcess; said: string }> {
  const script = `
    const { lockFolder } = await import(${JSON.stringify(MODULE)});
    const outcome = lockFolder(${JSON.stringify(folder)}, { onLost() {} });
    console.log(await outcome.then(() => 'held', (error) => error.name));
    setInterval(() => undefined, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = await once(child.stdout, 'data');
  return { child, said: String(said).trim() };
}

describe('a folder', () => {
  it('is held by one at a time, and handed on when it is let go', async () => {
    const unlock = await lock();
    await expect(lock()).rejects.toThrow(FolderHeldError);
    await unlock();
    await (await lock())();
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes to exactly one of many who come at once, over one who died', async () => {
    const { child } = await another();
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (let round = 0; round < 20; round += 1) {
      const outcomes = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(() => lock()));
      const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      await winners[0]?.value();
    }
  });

  it('goes to exactly one of several processes that start at once', async () => {
    const said = (await Promise.all([1, 2, 3].map(another))).map((each) => each.said);
    expect(said.sort()).toEqual(['FolderHeldError', 'FolderHeldError', 'held']);
  });

  it('stays with a process that is too busy to give a sign', async () => {
    const { child, said } = await another();
    expect(said).toBe('held');
    child.kill('SIGSTOP');
    for (const file of await readdir(folder)) await utimes(join(folder, file), 0, Date.now() / 1_000 - 3_600);
    await expect(lock()).rejects.toMatchObject({ pid: child.pid });
  });

  it('is free at once when its process was killed', async () => {
    const { child } = await another();
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await lock())();
  });

  it('is free when another process has the number of the one that died', async () => {
    const unlock = await lock();
    const [held = ''] = await readdir(folder);
    await unlock();
    await writeFile(join(folder, held.replace(/\.\d+\.(\w+)$/, '.1.$1')), 'held');
    await (await lock())();
  });

  it('held on another machine is waited for as long as there are signs of life', async () => {
    const elsewhere = join(folder, 'lock.abcdef012345.1.1.00000000');
    await writeFile(elsewhere, 'held');
    const signAt = async (at: number) => await utimes(elsewhere, at, at);
    // The last sign lies ahead, so that no machine is too slow to be in time for it.
    await signAt(Date.now() / 1_000 + 3_600);
    const waits: Promise<void>[] = [];
    await (
      await lockFolder(folder, { onLost, onWait: () => waits.push(signAt(0)), signMissingMs: 60_000 })
    )();
    expect(waits).toHaveLength(1);
    await writeFile(elsewhere, 'held');
    await signAt(Date.now() / 1_000 + 3_600);
    await expect(lock(200)).rejects.toThrow(FolderHeldError);
  });
});
