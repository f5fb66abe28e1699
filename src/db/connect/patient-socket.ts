import { Socket } from 'node:net';

/** Where PostgreSQL is, as postgres.js reads it from an address. */
export interface Whereabouts {
  host: string[];
  port: number[];
  path?: string | false | undefined;
}

/**
 * A connection that breaks once nothing has come or gone for a while. A server or a network that falls silent without
 * a word is otherwise noticed after a quarter of an hour, and whatever was asked waits for as long.
 */
class PatientSocket extends Socket {
  constructor(silentMs: number) {
    super();
    this.setTimeout(silentMs);
  }

  /** Not a listener: postgres.js takes all of them off when it begins to encrypt. */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event !== 'timeout') return super.emit(event, ...args);
    const silence = new Error('the database has fallen silent');
    this.destroy(Object.assign(silence, { code: 'ETIMEDOUT' }));
    return true;
  }
}

/** Makes the connections of postgres.js; of several hosts, each in turn. What is written early waits in the socket. */
export function patientSockets(silentMs: number): (to: Whereabouts) => Socket {
  let next = 0;
  return ({ host, port, path }) => {
    const at = next % host.length;
    next += 1;
    const name = host[at] ?? 'localhost';
    const socket = new PatientSocket(silentMs);
    if (path) return socket.connect(path);
    // postgres.js asks for the name's certificate.
    return Object.assign(socket.connect(port[at] ?? 5432, name), { host: name });
  };
}
