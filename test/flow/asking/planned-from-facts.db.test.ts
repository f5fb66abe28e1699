import { describe, expect, it } from 'vitest';
import { dealUpdate } from '../../support/deal-updates.ts';
import { Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { stateOf } from '../model/state.ts';

const SUNDAY = '2026-11-22T11:00:00Z';

const store = useStore();

/** Told alone, the second came to this stage when it was opened; told after the first, when its source said so. */
const BEFORE = dealUpdate({ stage: 'discover', occurredAt: new Date('2026-11-10T08:00:00Z') });
const SINCE = dealUpdate({
  stage: 'develop',
  occurredAt: new Date('2026-11-20T08:00:00Z'),
  openedAt: new Date('2026-11-02T08:00:00Z'),
});

describe('what is asked about a deal', () => {
  it('counts from the same day whether it was first told of as new there, or as come from before', async () => {
    const [first, second] = [
      await Office.open(store(), { start: SUNDAY }),
      await Office.open(store(), { start: SUNDAY }),
    ];
    for (const update of [BEFORE, SINCE]) await first.receive(update);
    for (const update of [SINCE, BEFORE]) await second.receive(update);
    const state = await stateOf(second, { dates: true });
    expect(state).toEqual(await stateOf(first, { dates: true }));
    expect(state.prompts[0]?.at(-1)).toBe('2026-12-04T09:00:00.000Z');
  });

  it('is asked at once when the close turns out to be of today', async () => {
    const office = await Office.open(store(), { start: '2026-11-23T10:30:00Z' });
    const won = dealUpdate({ status: 'won', closedAt: new Date('2026-11-20T08:00:00Z') });
    const corrected = {
      closedAt: new Date('2026-11-23T09:30:00Z'),
      occurredAt: new Date('2026-11-23T10:00:00Z'),
    };
    await office.receive(won);
    expect(office.slack.ledger).toEqual([]);
    await office.receive(dealUpdate({ ...won, ...corrected, eventId: 'evt_corrected' }));
    expect(office.slack.ledger).toHaveLength(1);
    await office.receive(dealUpdate({ ...won, ...corrected, eventId: 'evt_again' }));
    expect(office.slack.ledger).toHaveLength(1);
  });

  it('is not asked twice when older news tells that it counts from another day', async () => {
    const office = await Office.open(store(), { start: SUNDAY });
    await office.receive(SINCE);
    // Counted from the older news, it would be asked first on 4 December.
    for (const day of ['11-23', '11-24', '12-04']) {
      office.clock.moveTo(new Date(`2026-${day}T09:00:00Z`));
      await office.sweep();
      await office.receive(BEFORE);
    }
    expect(office.slack.ledger).toHaveLength(1);
    office.clock.moveTo(new Date('2026-12-07T09:00:00Z'));
    await office.sweep();
    expect(office.slack.ledger).toHaveLength(2);
  });
});
