/**
 * Serves the sandbox's page: its files, one JSON snapshot of what a person sees, a stream that says when to
 * look again, and one POST for each thing a person does. It is meant for 127.0.0.1 alone.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Desk } from './page/wire.ts';
import { Refusal, type SandboxControls, whatPeopleDo } from './page-doings.ts';
import { contentSecurityPolicy, pageFiles } from './page-files.ts';
import type { Slack } from './stand-in/slack.ts';
import type { StandInMessage } from './stand-in/types.ts';

type Handler = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** Answers every request of one http server. Foreign hosts get 403: see `isLocal`. */
export function sandboxPage(standIn: Slack, controls: SandboxControls): Handler {
  const files = pageFiles();
  const doings = whatPeopleDo(standIn, controls);
  const streams = new Set<ServerResponse>();
  const changed = (change: unknown) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(change)}\n\n`);
  };

  const route: Handler = async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://localhost');
    const doing = doings.get(url.pathname);
    if (!isLocal(req.headers.host))
      throw new Refusal('This page answers on localhost only.', { status: 403 });
    if (doing) {
      sendJson(res, 200, await doing(await readBody(req)));
      if (url.pathname.startsWith('/api/crm/')) changed({ kind: 'crm' });
      return;
    }
    if (req.method !== 'GET') throw new Refusal('Only GET here.', { status: 405 });
    if (url.pathname === '/api/changes') return openStream(res, streams, standIn);
    if (url.pathname === '/api/desk')
      return sendJson(res, 200, await desk(standIn, controls, url.searchParams));
    const file = files(url.pathname);
    if (!file) throw new Refusal('Nothing here.', { status: 404 });
    const policy =
      url.pathname === '/' ? { 'content-security-policy': contentSecurityPolicy(file.body) } : {};
    res.writeHead(200, { ...HEADERS, ...policy, 'content-type': file.type }).end(file.body);
  };

  return async (req, res) => {
    try {
      await route(req, res);
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      sendJson(res, status, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const MAX_BODY_BYTES = 256 * 1024;

/** A page elsewhere can point its own name at 127.0.0.1 (DNS rebinding); its requests then carry that name. */
function isLocal(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host ?? '');
}

/** The answer to "what does this person see?", as one snapshot. */
async function desk(slack: Slack, controls: SandboxControls, query: URLSearchParams): Promise<Desk> {
  const users = slack.users();
  const actors = users.filter((user) => !user.isBot && !user.deleted);
  const me = actors.find((user) => user.id === query.get('user')) ?? actors[0];
  if (!me) throw new Refusal('The sandbox has no people.', { status: 404 });
  const conversations = slack.conversations(me.id);
  const channel = conversations.find((it) => it.id === query.get('channel'))?.id;
  const everywhere = actors
    .flatMap((user) => slack.conversations(user.id))
    .filter((it) => it.kind === 'channel');
  const home = slack.home(me.id);
  const dayOff = await controls.dayOff(me.id);
  return {
    now: controls.now().toISOString(),
    ...(dayOff === undefined ? {} : { dayOff }),
    team: slack.team.name,
    domain: slack.domain,
    me: me.id,
    app: { userId: slack.botUserId, name: conversations.find((it) => it.kind === 'dm')?.name ?? 'App' },
    people: users.map((user) => ({
      id: user.id,
      handle: user.name,
      name: user.displayName || user.realName,
      tz: user.tz,
      ...(controls.roles[user.id] ? { role: controls.roles[user.id] as string } : {}),
      deleted: user.deleted ?? false,
      isBot: user.isBot ?? false,
      unread: actors.includes(user)
        ? slack.conversations(user.id).reduce((sum, it) => sum + it.unread, 0)
        : 0,
    })),
    channels: [...new Map(everywhere.map((it) => [it.id, { id: it.id, name: it.name }])).values()],
    conversations,
    ...(channel ? { messages: slack.messages(channel, me.id).map((it) => toWire(slack, me.id, it)) } : {}),
    shortcuts: slack.shortcuts(),
    commands: controls.commands,
    ...(home ? { home } : {}),
    views: slack.openViews(me.id),
    deals: await controls.deals(),
    stages: controls.stages,
  };
}

function toWire(
  slack: Slack,
  userId: string,
  message: StandInMessage,
): NonNullable<Desk['messages']>[number] {
  const values = message.blocks ? slack.messageValues(userId, message.channel, message.ts) : {};
  return { ...message, postedAt: message.postedAt.toISOString(), values };
}

function openStream(res: ServerResponse, streams: Set<ServerResponse>, slack: Slack): void {
  res.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  res.write('retry: 1000\n\n');
  streams.add(res);
  const forget = slack.onChange((change) => res.write(`data: ${JSON.stringify(change)}\n\n`));
  res.on('close', () => {
    forget();
    streams.delete(res);
  });
}

/** Only JSON by POST: a form on another site can send neither without asking first, which is never granted. */
async function readBody(req: IncomingMessage): Promise<unknown> {
  if (req.method !== 'POST') throw new Refusal('Only POST here.', { status: 405 });
  if (!/^application\/json\b/i.test(req.headers['content-type'] ?? ''))
    throw new Refusal('Only JSON here.', { status: 415 });
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Refusal('Too much at once.', { status: 413 });
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new Refusal('This is not JSON.', { status: 400, cause: error });
  }
}

function sendJson(res: ServerResponse, status: number, body: unknown): void {
  res
    .writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(body));
}
