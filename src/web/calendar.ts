import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import ical from 'ical-generator';
import { z } from 'zod';
import type { Flow, Talk } from '../flow/ports.ts';
import { showTalk } from '../flow/show/show-talk.ts';
import type { Handler } from './server.ts';

/** Where this server gives dates of talks for calendars. */
export const CALENDAR_PATH = '/calendar.ics';

const query = z.object({
  workspace: z.string().regex(/^[A-Z0-9]{1,32}$/),
  deal: z.guid(),
  on: z.iso.date(),
  signature: z.string().regex(/^[\w-]{43}$/),
});

/** Links to the date of a talk. Only who holds one can read it: each is signed with `secret`. */
export function calendarLinks(publicUrl: string, secret: string): (talk: Talk) => string {
  return (talk) => {
    const url = new URL(publicUrl);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${CALENDAR_PATH}`;
    const { workspaceId: workspace, engagementId: deal, on } = talk;
    url.search = new URLSearchParams({ workspace, deal, on, signature: signed(talk, secret) }).toString();
    return url.href;
  };
}

/** Gives the date behind a signed link as a file that calendars take in; everything else is a 404. */
export function calendarHandler(secret: string, flowOf: () => Flow | null): Handler {
  return async (req, res) => {
    const talk = readTalk(req, secret);
    if (talk === null) return gone(res);
    const flow = flowOf();
    if (flow === null) return void res.writeHead(503, { 'retry-after': '5' }).end();
    const shown = await showTalk(flow, talk);
    if (shown === null) return gone(res);
    res.writeHead(200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="talk.ics"',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
    res.end(eventOf(talk, shown));
  };
}

function gone(res: ServerResponse): void {
  res.writeHead(404, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  res.end('There is no such date any more.\n');
}

function readTalk(req: IncomingMessage, secret: string): Talk | null {
  if (req.method !== 'GET' && req.method !== 'HEAD') return null;
  const given = new URL(req.url ?? '/', 'http://localhost').searchParams;
  const read = query.safeParse(Object.fromEntries(given)).data;
  if (read === undefined) return null;
  const talk = { workspaceId: read.workspace, engagementId: read.deal, on: read.on };
  const right = timingSafeEqual(Buffer.from(signed(talk, secret)), Buffer.from(read.signature));
  return right ? talk : null;
}

function signed({ workspaceId, engagementId, on }: Talk, secret: string): string {
  const text = ['calendar', workspaceId, engagementId, on].join('\n');
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** The same talk on another day is the same entry: calendars that take it again move it. */
function eventOf(
  talk: Talk,
  { accountName, url, at }: { accountName: string; url: string | null; at: Date },
): string {
  const calendar = ical({ prodId: { company: 'whats-next', product: 'whats-next', language: 'EN' } });
  calendar.createEvent({
    id: `${talk.engagementId}@whats-next`,
    stamp: at,
    // SEQUENCE must grow for a calendar to take the newer day.
    sequence: Math.floor(at.getTime() / 1_000),
    start: new Date(`${talk.on}T00:00:00Z`),
    timezone: 'UTC',
    allDay: true,
    summary: `Talk with ${accountName}: do they see what the order brought?`,
    url,
  });
  return calendar.toString();
}
