import { describe, expect, it, onTestFinished } from 'vitest';
import type { Talk } from '../../src/flow/ports.ts';
import { showBoard } from '../../src/flow/show/show-board.ts';
import { CALENDAR_PATH, calendarHandler, calendarLinks } from '../../src/web/calendar.ts';
import { startWebServer } from '../../src/web/server.ts';
import { dealUpdate } from '../support/deal-updates.ts';
import { ANA, Office } from '../support/office.ts';
import { useStore } from '../support/test-store.ts';
import { recordingLog } from './recording-log.ts';

const store = useStore();
const SECRET = 'xoxb-test';

/** A talk with Acme on a day, and the server that gives it to calendars. */
async function served() {
  const office = await Office.open(store());
  await office.receive(dealUpdate({ status: 'won', url: 'https://crm.example.com/D-1' }));
  const { workspaceId, flow } = office;
  const { doors } = await showBoard(flow, { workspaceId, slackUserId: ANA.slackUserId, limit: 1 });
  const talk: Talk = { workspaceId, engagementId: doors[0]?.engagement?.id ?? '', on: '2026-12-04' };
  const routes = { [CALENDAR_PATH]: calendarHandler(SECRET, () => flow) };
  const server = await startWebServer({
    port: 0,
    host: '127.0.0.1',
    routes,
    checks: {},
    log: recordingLog().log,
  });
  onTestFinished(() => server.close(0));
  const links = calendarLinks(`http://127.0.0.1:${server.port}/`, SECRET);
  return { office, talk, link: links(talk) };
}

describe('a link to the date of a talk', () => {
  it('gives a whole day with the client, under one id whatever the day', async () => {
    const { link, talk } = await served();
    const response = await fetch(link);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const lines = (await response.text()).split('\r\n');
    expect(lines).toContain('DTSTART;VALUE=DATE:20261204');
    expect(lines).toContain(`UID:${talk.engagementId}@whats-next`);
    expect(lines).toContain('SUMMARY:Talk with Acme: do they see what the order brought?');
  });

  it('is of no use once anything in it is changed', async () => {
    const { link } = await served();
    const other = '00000000-0000-7000-8000-000000000000';
    const changes: [string, string][] = [
      ['on', '2026-12-05'],
      ['deal', other],
      ['workspace', 'T0'],
      ['signature', 'A'.repeat(43)],
      ['signature', ''],
    ];
    for (const [name, value] of changes) {
      const url = new URL(link);
      url.searchParams.set(name, value);
      expect((await fetch(url)).status, name).toBe(404);
    }
  });

  it('leads nowhere once the deal is deleted', async () => {
    const { office, link } = await served();
    await office.receive(dealUpdate({ status: 'deleted', occurredAt: office.clock.now() }));
    expect((await fetch(link)).status).toBe(404);
  });
});
