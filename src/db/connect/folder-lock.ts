import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, utimes } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** How often a holder shows that it lives, and how long one on another machine is believed to without, in ms. */
const SIGN_MS = 5_000;
const SIGN_MISSING_MS = 30_000;
const LOOK_AGAIN_MS = 50;

/** A running process holds the folder. */
export class FolderHeldError extends Error {
  readonly pid: number;
  constructor(pid: number) {
    super(`process ${pid} holds the folder`);
    this.name = 'FolderHeldError';
    this.pid = pid;
  }
}

export interface LockOptions {
  /** Called once when the holder is on another machine, where only waiting tells whether it lives. */
  onWait?(): void;
  /** Called when the folder was taken away from this process: it must not touch it any more. */
  onLost(): void;
  signMissingMs?: number;
}

/** One process's file in the folder. It is empty until the process holds the folder. */
interface Claim {
  file: string;
  machine: string;
  pid: number;
  startedAt: string;
  isHeld: boolean;
  signAt: number;
}

/**
 * Takes a folder for this process alone; throws a FolderHeldError. Everybody puts down a claim first and looks round
 * then, so of two at once each sees the other, and the one whose claim comes first by name goes on. A claim keeps its
 * name and nobody else ever takes that, so those of the dead can be swept away at any time.
 */
export async function lockFolder(folder: string, options: LockOptions): Promise<() => Promise<void>> {
  const { startedAt } = lifeOf(process.pid) ?? { startedAt: '' };
  const own = `lock.${MACHINE}.${process.pid}.${startedAt}.${randomBytes(4).toString('hex')}`;
  const path = join(folder, own);
  await writeFile(path, '', { flag: 'wx' });
  const signs = setInterval(() => giveSign(path, options.onLost), SIGN_MS).unref();
  const unlock = async () => {
    clearInterval(signs);
    await rm(path, { force: true });
  };
  try {
    await comeFirst(folder, own, options);
    await writeFile(path, `What's Next, process ${process.pid} on ${hostname()}\n`, { flag: 'r+' });
    return unlock;
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** Resolves when no other claim is left. */
async function comeFirst(folder: string, own: string, { onWait, signMissingMs }: LockOptions): Promise<void> {
  const missing = signMissingMs ?? SIGN_MISSING_MS;
  const until = performance.now() + missing + SIGN_MS;
  for (let looks = 0; ; looks += 1) {
    const others = await livingClaims(folder, own, missing);
    if (others.length === 0) return;
    const first = others.find(({ isHeld, file }) => isHeld || file < own);
    const isHere = first?.machine === MACHINE;
    if (first !== undefined && (isHere || performance.now() > until)) throw new FolderHeldError(first.pid);
    if (first !== undefined && looks === 0) onWait?.();
    await setTimeout(LOOK_AGAIN_MS);
  }
}

/** The claims of others who live; those of the dead are taken away. */
async function livingClaims(folder: string, own: string, missingMs: number): Promise<Claim[]> {
  const living: Claim[] = [];
  for (const file of await readdir(folder)) {
    const claim = file === own ? null : await readClaim(folder, file);
    if (claim === null) continue;
    if (lives(claim, missingMs)) living.push(claim);
    else await rm(join(folder, file), { force: true });
  }
  return living;
}

async function readClaim(folder: string, file: string): Promise<Claim | null> {
  const [, machine, pid, startedAt] = /^lock\.(\w+)\.(\d+)\.(\d*)\.\w+$/.exec(file) ?? [];
  if (machine === undefined || pid === undefined || startedAt === undefined) return null;
  const found = await stat(join(folder, file)).catch(() => null);
  if (found === null) return null;
  return { file, machine, pid: Number(pid), startedAt, isHeld: found.size > 0, signAt: found.mtimeMs };
}

/** Of a process of this machine the system knows, however long it has been too busy to give a sign. */
function lives({ machine, pid, startedAt, signAt }: Claim, missingMs: number): boolean {
  if (machine !== MACHINE) return Date.now() - signAt < missingMs;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is another user's.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const life = lifeOf(pid);
  // Where the system does not tell when a process began, another may have the number by now: surely after a restart.
  if (life === null || startedAt === '') return signAt > Date.now() - uptime() * 1_000;
  return life.startedAt === startedAt && !life.isOver;
}

function giveSign(path: string, onLost: () => void): void {
  const now = new Date();
  utimes(path, now, now, (error) => {
    if (error?.code === 'ENOENT') onLost();
  });
}

/** When a process began, in ticks since the system did; null where the system does not tell (no /proc). */
function lifeOf(pid: number): { startedAt: string; isOver: boolean } | null {
  const text = read(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the program's name in brackets, and may hold anything.
  const [state = '', ...rest] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const startedAt = rest[18];
  return startedAt === undefined ? null : { startedAt, isOver: state === 'Z' || state === 'X' };
}

/** Where process numbers mean the same: a machine from one start to the next, and in it a container. */
const MACHINE = createHash('sha256')
  .update(hostname())
  .update(read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))
  .update(read(() => readlinkSync('/proc/self/ns/pid')))
  .digest('hex')
  .slice(0, 12);

function read(file: () => string): string {
  try {
    return file();
  } catch {
    return '';
  }
}
