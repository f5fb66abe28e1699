import { describe, expect, it } from 'vitest';
import { subscribeDigest } from '../../../src/flow/digests/subscribe-digest.ts';
import { ANA, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();
const SUNDAY = '2026-11-22T08:00:00Z';
const CHANNEL = 'C1';

/** A channel with a daily digest, on the day before the first. */
async function subscribed(): Promise<Office> {
  const office = await Office.open(store(), { start: SUNDAY });
  await wish(office, 'daily');
  return office;
}

async function wish({ flow, workspaceId }: Office, cadence: 'daily' | 'off'): Promise<void> {
  const slackUserId = ANA.slackUserId;
  await subscribeDigest(flow, { workspaceId, slackUserId, channelId: CHANNEL, cadence });
}

/** The digest's hour on the next day comes, and all that follows from it. */
async function nextDay(office: Office, ...troubles: Parameters<Office['slack']['fail']>): Promise<void> {
  office.clock.pass({ days: 1, minutes: 90 });
  office.slack.fail(...troubles);
  await office.sweep();
  office.clock.pass({ minutes: -90 });
}

function digestsOf({ slack }: Office) {
  return slack.ledger.flatMap(({ digest }) => (digest === null ? [] : [digest]));
}

function toldTo({ slack }: Office, slackUserId: string) {
  return slack.ledger.filter((message) => message.slackUserId === slackUserId && message.refusedDigest);
}

describe('a digest that Slack refuses', () => {
  it('is told once to whoever subscribed, and goes on by itself with what was missed', async () => {
    const office = await subscribed();
    await nextDay(office);
    await nextDay(office, 'refused');
    await nextDay(office, 'refused');
    expect(toldTo(office, ANA.slackUserId)).toMatchObject([
      { refusedDigest: { channelId: CHANNEL, refusedFor: 'refused' } },
    ]);
    await nextDay(office);
    const [first, second, ...others] = digestsOf(office);
    expect(others).toEqual([]);
    expect(second?.figures.from).toEqual(first?.figures.to);
    await nextDay(office, 'refused');
    expect(toldTo(office, ANA.slackUserId)).toHaveLength(2);
  });

  it('is told in the working time of whoever subscribed', async () => {
    const office = await subscribed();
    office.slack.fail('refused');
    office.clock.moveTo(new Date('2026-11-23T22:00:00Z'));
    await office.sweep();
    expect(toldTo(office, ANA.slackUserId)).toEqual([]);
    office.clock.moveTo(new Date('2026-11-24T09:05:00Z'));
    await office.jobs.runDue();
    expect(toldTo(office, ANA.slackUserId)).toHaveLength(1);
  });

  it('is told later when Slack will hear of it later, and then once', async () => {
    const office = await subscribed();
    await nextDay(office, 'refused', 'later', 'later');
    await office.jobs.runAll();
    expect(toldTo(office, ANA.slackUserId)).toHaveLength(1);
  });

  it('is told to nobody who wants it no more', async () => {
    const office = await subscribed();
    office.slack.fail('refused');
    office.clock.moveTo(new Date('2026-11-23T22:00:00Z'));
    await office.sweep();
    await wish(office, 'off');
    office.clock.moveTo(new Date('2026-11-24T10:00:00Z'));
    await office.jobs.runDue();
    expect(toldTo(office, ANA.slackUserId)).toEqual([]);
  });
});

describe('a digest that Slack takes later', () => {
  it('is posted then, once, and nobody is told', async () => {
    const office = await subscribed();
    await nextDay(office, 'later', 'later', 'later');
    await office.jobs.runAll();
    expect(digestsOf(office)).toHaveLength(1);
    expect(toldTo(office, ANA.slackUserId)).toEqual([]);
  });

  it('joins the next one when its day comes first: one a day, and nothing is missed', async () => {
    const office = await subscribed();
    const { clock } = office;
    office.clock.pass({ days: 1, minutes: 90 });
    office.slack.fail('later');
    await office.sweep();
    clock.pass({ days: 1 });
    await office.sweep();
    await office.jobs.runAll();
    const digests = digestsOf(office);
    expect(digests).toHaveLength(1);
    const days = (digests[0]!.figures.to.getTime() - digests[0]!.figures.from.getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(1.9);
  });
});
