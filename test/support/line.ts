import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to another address that can be cut and mended: what stands behind it seems to go away and come back. */
export class Line {
  readonly port: number;
  readonly #to: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  /** The line is cut until it is mended. `to` names the host and the port behind it. */
  constructor(port: number, to: URL) {
    this.port = port;
    this.#to = to;
  }

  async mend(): Promise<void> {
    this.#server = createServer((near) => this.#join(near)).listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** What is connected hears nothing more, and is not told so; whoever connects anew is heard. */
  hush(): void {
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    for (const socket of this.#sockets) socket.destroy();
    if (server === null) return;
    server.close();
    await once(server, 'close');
  }

  #join(near: Socket): void {
    const far = connect(Number(this.#to.port || 5432), this.#to.hostname);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      // Either end may break off at any time: that is what the line is for.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
  }
}
