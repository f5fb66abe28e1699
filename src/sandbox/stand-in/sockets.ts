import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Feed } from './feed.ts';
import type { Ids } from './ids.ts';
import { MAX_SOCKETS } from './limits.ts';
import { type Ack, type Attempt, type Transport, timedOut } from './transport.ts';
import type { JsonObject } from './types.ts';
import { APP } from './workspace.ts';

const PING_EVERY_MS = 10_000;

/** Socket Mode: hello, envelopes and their acknowledgements, disconnects. Each envelope goes to one socket. */
export class Sockets implements Transport {
  readonly #ids: Ids;
  readonly #feed: Feed;
  readonly #ackTimeoutMs: number;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #acknowledged = new Set<string>();
  readonly #tickets = new Set<string>();
  readonly #pending = new Map<string, { socket: WebSocket; settle: (ack: Ack) => void }>();
  #open: WebSocket[] = [];
  #turn = 0;
  #pinging: NodeJS.Timeout | undefined;

  constructor(ids: Ids, feed: Feed, ackTimeoutMs: number) {
    this.#ids = ids;
    this.#feed = feed;
    this.#ackTimeoutMs = ackTimeoutMs;
  }

  get count(): number {
    return this.#open.length;
  }

  /** apps.connections.open: the path and query of a socket address that works once. */
  ticket(): string {
    const ticket = this.#ids.next('ticket-');
    this.#tickets.add(ticket);
    return `/link/?ticket=${ticket}&app_id=${APP.id}`;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (!this.#tickets.delete(ticket)) {
      stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#welcome(socket));
  }

  deliver(attempt: Attempt): Promise<Ack> {
    const socket = this.#next();
    if (!socket) {
      const detail = 'no socket is open';
      return Promise.resolve({ ok: false, error: 'dispatch_failed', reason: 'connection_failed', detail });
    }
    const envelopeId = this.#ids.next('envelope-');
    return new Promise((resolve) => {
      const settle = (ack: Ack) => {
        clearTimeout(timer);
        this.#pending.delete(envelopeId);
        resolve(ack);
      };
      const timer = setTimeout(() => settle(timedOut(this.#ackTimeoutMs)), this.#ackTimeoutMs);
      this.#pending.set(envelopeId, { socket, settle });
      socket.send(JSON.stringify(envelope(envelopeId, attempt)));
    });
  }

  /** Cuts them without a close frame, as a failing network does. */
  drop(): void {
    for (const socket of this.#open) socket.terminate();
  }

  refresh(): void {
    for (const socket of this.#open) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }));
    }
  }

  acknowledged(envelopeId: string): boolean {
    return this.#acknowledged.has(envelopeId);
  }

  sendFrame(frame: string | Uint8Array): void {
    for (const socket of this.#open) socket.send(frame);
  }

  close(): void {
    clearInterval(this.#pinging);
    this.drop();
    this.#server.close();
  }

  #welcome(socket: WebSocket): void {
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('close', () => this.#forget(socket));
    // A cut connection shows up as 'close' too; the error itself says nothing more.
    socket.on('error', () => socket.terminate());
    if (this.#open.length >= MAX_SOCKETS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: {} }));
      return;
    }
    this.#open.push(socket);
    this.#pinging ??= setInterval(() => this.#ping(), PING_EVERY_MS).unref();
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.length,
        debug_info: { host: 'sandbox', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: APP.id },
      }),
    );
    this.#feed.stirred();
  }

  #receive(text: string): void {
    const said = JSON.parse(text) as { envelope_id?: string; payload?: JsonObject | string };
    if (said.envelope_id === undefined) return;
    this.#acknowledged.add(said.envelope_id);
    this.#feed.stirred();
    this.#pending.get(said.envelope_id)?.settle({ ok: true, payload: said.payload ?? {} });
  }

  #forget(socket: WebSocket): void {
    this.#open = this.#open.filter((other) => other !== socket);
    const detail = 'the socket closed before the acknowledgement';
    for (const pending of [...this.#pending.values()]) {
      if (pending.socket !== socket) continue;
      pending.settle({ ok: false, error: 'dispatch_failed', reason: 'connection_failed', detail });
    }
    this.#feed.stirred();
  }

  #next(): WebSocket | undefined {
    const open = this.#open.filter((socket) => socket.readyState === socket.OPEN);
    this.#turn += 1;
    return open[this.#turn % open.length];
  }

  #ping(): void {
    for (const socket of this.#open) socket.ping();
  }
}

function envelope(envelopeId: string, { kind, body, retry }: Attempt): JsonObject {
  return {
    envelope_id: envelopeId,
    type: kind,
    accepts_response_payload: kind !== 'events_api',
    payload: body,
    ...(kind === 'events_api' && { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? '' }),
  };
}
