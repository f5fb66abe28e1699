/** What a deal hook costs at least: the same HMAC over the same bytes, and one INSERT, durable before the 202. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import postgres from 'postgres';

const { DATABASE_URL = '', SECRET = '', PORT = '0' } = process.env;
const key = Buffer.from(SECRET.replace('whsec_', ''), 'base64');
const sql = postgres(DATABASE_URL, { max: 10, onnotice: () => undefined });
await sql`create table if not exists bare_events (id text primary key, received_at timestamptz not null, body jsonb not null)`;

const server = createServer(async (request, response) => {
  const body = await read(request);
  if (!isSigned(request, body)) return response.writeHead(401).end();
  const event = JSON.parse(body) as { id: string };
  await sql`insert into bare_events values (${event.id}, now(), ${sql.json(event)}) on conflict do nothing`;
  response.writeHead(202, { 'content-type': 'application/json' }).end('{"accepted":1,"duplicates":0}\n');
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('listening'));

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function isSigned(request: IncomingMessage, body: string): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signature } = request.headers;
  const digest = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  const given = Buffer.from(String(signature).replace('v1,', ''), 'base64');
  return given.length === digest.length && timingSafeEqual(given, digest);
}
