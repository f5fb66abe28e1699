import { existsSync } from 'node:fs';
import { access, chmod, constants, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UnusableDatabaseError } from './availability.ts';
import { FolderHeldError, lockFolder } from './folder-lock.ts';

/** The data folder is held by a running process: PGlite has no lock of its own, and two would eat each other's rows. */
export class DataDirInUseError extends Error {
  readonly dataDir: string;
  constructor(dataDir: string, pid: number) {
    const what = `the data folder ${dataDir} is held by a running What's Next (process ${pid})`;
    super(`${what}; stop it first, or set DATABASE_URL for both`);
    this.name = 'DataDirInUseError';
    this.dataDir = dataDir;
  }
}

export interface DataDir {
  /** Where PGlite keeps its files: in a folder for their owner only, for it makes them writable to everybody. */
  files: string;
  unlock(): Promise<void>;
}

/**
 * Makes the folder ready and takes it for this process alone. Throws a DataDirInUseError, or an UnusableDatabaseError
 * for what is no folder or may not be written to.
 */
export async function takeDataDir(dataDir: string, log?: (message: string) => void): Promise<DataDir> {
  const files = join(dataDir, 'pglite');
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.R_OK | constants.W_OK);
    await makeFolder(files);
    if (((await stat(dataDir)).mode & OTHERS) !== 0) {
      log?.(`the data folder ${dataDir} is open to others: chmod 700 ${dataDir}`);
    }
    await chmod(files, OWNER_ONLY);
    await access(files, constants.R_OK | constants.W_OK);
    const unlock = await lock(dataDir, log);
    return { files, unlock };
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : refusal(dataDir, error);
  }
}

/** With the folders above it. Node's own way (`recursive`) never ends where nothing can be made, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: OWNER_ONLY });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    const above = dirname(path);
    if (code !== 'ENOENT' || existsSync(above)) throw error;
    await makeFolder(above);
    await makeFolder(path);
  }
}

/** A folder of files that PGlite would take for an empty one, and make a new database over the old. */
export async function refuseHalf(files: string): Promise<void> {
  const found = await readdir(files);
  if (found.length > 0 && !found.includes('PG_VERSION'))
    throw damaged(files, new Error('PG_VERSION is missing'));
}

/** What to do about files that PGlite does not open. */
export function damaged(files: string, cause: unknown): UnusableDatabaseError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const what = `the folder ${files} is damaged, or of another version (${why})`;
  return new UnusableDatabaseError(
    new Error(`${what}: put a backup back, or move it away to begin anew`, { cause }),
  );
}

const OWNER_ONLY = 0o700;
const OTHERS = 0o077;

const REASONS: Record<string, string> = {
  ...{ EROFS: 'it is read-only', EACCES: 'it may not be written to', EPERM: 'it may not be written to' },
  // What mkdir says of a disk that is read-only.
  ENOENT: 'it cannot be made there',
  ...{ ENOTDIR: 'there is a file in its place', EEXIST: 'there is a file in its place' },
  ...{ ENOSPC: 'the disk is full', EDQUOT: 'the disk is full' },
};

function refusal(dataDir: string, error: unknown): UnusableDatabaseError {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const why = REASONS[code] ?? message;
  return new UnusableDatabaseError(new Error(`the data folder ${dataDir}: ${why}`, { cause: error }));
}

async function lock(dataDir: string, log?: (message: string) => void): Promise<() => Promise<void>> {
  try {
    return await lockFolder(dataDir, {
      onWait: () => log?.(`the data folder ${dataDir} is held on another machine; waiting for it to let go`),
      // Nothing may be written any more, not even in order to stop well.
      onLost: () => {
        throw new Error(`the data folder ${dataDir} was taken away from this process`);
      },
    });
  } catch (error) {
    throw error instanceof FolderHeldError ? new DataDirInUseError(dataDir, error.pid) : error;
  }
}
