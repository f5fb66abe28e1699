import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { freePort } from './product.ts';

const NOBODY = { uid: 65_534, gid: 65_534 };

/** A PgBouncer before a server, ended when let go of. */
export interface Pooler extends AsyncDisposable {
  /** The address of a database behind it. */
  to(databaseUrl: string): string;
}

/** Starts one with Debian's defaults; `settings` are further lines of its [pgbouncer] section. */
export async function startPooler(
  server: URL,
  mode: 'session' | 'transaction',
  settings = '',
): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), 'wn-pooler-'));
  const port = await freePort();
  const file = join(folder, 'pgbouncer.ini');
  const user = decodeURIComponent(server.username);
  await writeFile(join(folder, 'users'), `"${user}" "${decodeURIComponent(server.password)}"\n`);
  await writeFile(
    file,
    `[databases]
* = user=${user} host=${server.hostname} port=${server.port || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
auth_file = ${join(folder, 'users')}
pool_mode = ${mode}
${settings}
`,
  );
  const child = await start(folder, file);
  const listening = await answers(port, child);
  if (!listening) throw new Error('pgbouncer does not listen');
  return {
    to: (databaseUrl) => Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${port}` }).href,
    [Symbol.asyncDispose]: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}

/** It refuses to run as root. */
async function start(folder: string, file: string): Promise<ChildProcess> {
  const isRoot = userInfo().uid === 0;
  if (isRoot) await chown(folder, NOBODY.uid, NOBODY.gid);
  return spawn(inject('pgbouncer'), ['-q', file], { stdio: 'inherit', env: {}, ...(isRoot ? NOBODY : {}) });
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const is = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (is) return true;
  }
  return false;
}
