import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Writes a file that is gone after the test; `writtenAt` is what its clock says. */
export async function temporaryFile(content: string | Buffer, writtenAt?: Date): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'whats-next-'));
  onTestFinished(async () => await rm(folder, { recursive: true }));
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  if (writtenAt !== undefined) await utimes(path, writtenAt, writtenAt);
  return path;
}
