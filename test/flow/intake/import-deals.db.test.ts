import { expect, it } from 'vitest';
import { PROMPTS_A_DAY, RETURNS_A_DAY } from '../../../src/domain/asking/spread-history.ts';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { importDeals } from '../../../src/flow/intake/import-deals.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, MONDAY, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

const HOUR_MS = 3_600_000;
const HISTORY_AFTER_DAYS = 30;
/** Closes of each kind for each rep: more than a day may ask about. */
const EACH = 5;

/** Of each rep: closes of this morning and of last week, closes of years ago, and deals that linger. */
function history(): DealUpdate[] {
  const ago = (hours: number) => new Date(Date.parse(MONDAY) - hours * HOUR_MS);
  const kinds = [
    { kind: 'fresh', status: 'won', closedAt: ago(1), openedAt: ago(500) },
    { kind: 'recent', status: 'won', closedAt: ago(160), openedAt: ago(900) },
    { kind: 'old', status: 'won', closedAt: ago(20_000), openedAt: ago(21_000) },
    { kind: 'lingering', status: 'open', stage: 'deliver', openedAt: ago(3_000) },
  ] as const;
  return [ANA, BEN].flatMap(({ email }) =>
    kinds.flatMap(({ kind, ...deal }) =>
      Array.from({ length: EACH }, (_, n) => {
        const id = `${kind}-${n}-${email}`;
        const owner = { email: email ?? '' };
        return dealUpdate({ dealId: id, eventId: id, account: { id, name: id }, owner, ...deal });
      }),
    ),
  );
}

it('wakes nobody up: what an import asks comes a few doors a day, in one bundle', async () => {
  const office = await Office.open(store(), { start: '2026-11-23T10:00:00Z' });
  const { flow, workspaceId, slack, clock } = office;
  async function* inOne() {
    yield history();
  }
  await importDeals(flow, workspaceId, inOne(), { historyAfterDays: HISTORY_AFTER_DAYS });
  await office.jobs.runDue();
  expect(slack.ledger).toEqual([]);

  const asked = new Map([ANA, BEN].map(({ slackUserId }) => [slackUserId, new Set<string>()]));
  // Four weeks, each day at six, nine, noon, three…
  for (let look = 0; look < 28 * 8; look += 1) {
    clock.moveTo(new Date(Date.parse(MONDAY) + look * 3 * HOUR_MS));
    await office.sweep();
  }
  const days = Map.groupBy(
    slack.ledger,
    ({ at, slackUserId }) => `${slackUserId} ${at.toISOString().slice(0, 10)}`,
  );
  for (const [day, messages] of days) {
    expect([day, messages.length]).toEqual([day, 1]);
    const [{ bundle, slackUserId }] = messages as [(typeof messages)[0]];
    const known = asked.get(slackUserId ?? '') ?? new Set();
    const doors = (bundle?.prompts ?? []).filter(({ account }) => !known.has(account.name));
    expect(doors.length).toBeLessThanOrEqual(PROMPTS_A_DAY + RETURNS_A_DAY);
    for (const { account } of doors) known.add(account.name);
  }
  for (const accounts of asked.values()) {
    const kinds = Map.groupBy(accounts, (name) => name.split('-')[0]);
    expect([...kinds].map(([kind, names]) => [kind, names.length]).sort()).toEqual(
      ['fresh', 'lingering', 'old', 'recent'].map((kind) => [kind, EACH]),
    );
  }
});
