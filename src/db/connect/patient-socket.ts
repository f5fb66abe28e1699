import { Socket } from 'node:net';

/** Where PostgreSQL is, as postgres.js reads it from an address. */
export interface Whereabouts {
  host: string[];
  port: number[];
  path?: string | false | undefined;
}

export interface SocketOptions {
  /** Milliseconds without a word after which the connection is given up. */
  silentMs: number;
  /** Called the moment a connection is gone, or could not be made, before anything that waits for it hears of it. */
  onLost(): void;
}

/**
 * A connection that breaks once nothing has come or gone for a while. A server or a network that falls silent without
 * a word is otherwise noticed after a quarter of an hour, and whatever was asked waits for as long.
 */
class PatientSocket extends Socket {
  readonly #onLost: () => void;
  #error: unknown;
  #saidGoodbye = false;

  constructor({ silentMs, onLost }: SocketOptions) {
    super();
    this.#onLost = onLost;
    this.setTimeout(silentMs);
  }

  /** postgres.js ends a connection with a last message; a socket whose other side went ends itself without. */
  override end(...last: unknown[]): this {
    if (last.some((part) => part instanceof Uint8Array)) this.#saidGoodbye = true;
    return Reflect.apply(super.end, this, last) as this;
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#saidGoodbye) this.#onLost();
    super._destroy(error, done);
  }

  /** Not a listener: postgres.js takes all of them off when it begins to encrypt. */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'timeout') {
      const silence = new Error('the database has fallen silent');
      this.destroy(Object.assign(silence, { code: 'ETIMEDOUT' }));
      return true;
    }
    // Told together: what postgres.js is asked between an error and the close would never be answered.
    if (event === 'error' && this.destroyed) {
      this.#error = args[0];
      return true;
    }
    if (event === 'close' && this.#error !== undefined) super.emit('error', this.#error);
    return super.emit(event, ...args);
  }
}

/** Makes the connections of postgres.js; of several hosts, each in turn. What is written early waits in the socket. */
export function patientSockets(options: SocketOptions): (to: Whereabouts) => Socket {
  let next = 0;
  return ({ host, port, path }) => {
    const at = next % host.length;
    next += 1;
    const name = host[at] ?? 'localhost';
    const socket = new PatientSocket(options);
    if (path) return socket.connect(path);
    // postgres.js asks for the name's certificate.
    return Object.assign(socket.connect(port[at] ?? 5432, name), { host: name });
  };
}
