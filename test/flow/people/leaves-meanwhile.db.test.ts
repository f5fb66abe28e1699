import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { insertDealEvents } from '../../../src/db/cycle/deal-event.ts';
import { changeRep } from '../../../src/db/who/rep.ts';
import { applyDeals } from '../../../src/flow/intake/apply-deal-updates.ts';
import { deactivateRep } from '../../../src/flow/people/person-changed.ts';
import { inScope } from '../../../src/flow/scope.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { readOffice } from '../office-rows.ts';

const store = useStore();
const OLGA = person('Olga', { role: 'primary_owner' });
const won = (dealId: string) => dealUpdate({ dealId, status: 'won', account: { id: dealId, name: dealId } });

async function open(): Promise<{ office: Office; anaId: string }> {
  const office = await Office.open(store(), { people: [OLGA, ANA] });
  await office.receive(won('D-1'));
  const { reps } = await readOffice(office);
  return { office, anaId: reps.find(({ slackUserId }) => slackUserId === ANA.slackUserId)!.id };
}

/** Applies an update in a transaction that stays open until the returned function is called. */
async function applyAndWait({ flow, workspaceId }: Office, dealId: string): Promise<() => Promise<void>> {
  const applied = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  const whole = inScope(flow, workspaceId, async (scope) => {
    // Not asked about at once: else the rep is held already.
    const update = { ...won(dealId), status: 'open' as const };
    const received = [{ update, history: false }];
    await applyDeals(scope, await insertDealEvents(scope.tx, workspaceId, received, scope.now, true));
    applied.resolve();
    await goesOn.promise;
  });
  await Promise.race([applied.promise, whole]);
  return async () => {
    goesOn.resolve();
    await whole;
  };
}

/** Resolves when the work is done, or waits for what another transaction holds. */
async function doneOrWaiting(work: Promise<unknown>): Promise<void> {
  let isDone = false;
  void work.then(() => {
    isDone = true;
  });
  while (!isDone && !(await isSomebodyWaiting()));
}

async function isSomebodyWaiting(): Promise<boolean> {
  // In one process with its database, what comes second waits before it begins.
  if (store().kind === 'embedded') return true;
  const found = await store().read((tx) =>
    tx.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  );
  return (found as unknown as unknown[]).length > 0;
}

it('hands over what is stored at the moment when its owner leaves', async () => {
  const { office, anaId } = await open();
  const goOn = await applyAndWait(office, 'D-2');
  const leaving = deactivateRep(office.flow, office.workspaceId, anaId);
  await doneOrWaiting(leaving);
  await goOn();
  await leaving;
  const { engagements } = await readOffice(office);
  expect(engagements.filter(({ ownerId }) => ownerId === anaId)).toEqual([]);
  expect(await breaches(office)).toEqual([]);
});

it('stores nothing for an owner who is leaving at the moment', async () => {
  const { office, anaId } = await open();
  const { flow, workspaceId } = office;
  const left = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  const leaving = flow.store.transaction(async (tx) => {
    await changeRep(tx, workspaceId, anaId, { active: false });
    left.resolve();
    await goesOn.promise;
  });
  await left.promise;
  const applying = applyAndWait(office, 'D-2');
  await doneOrWaiting(applying);
  goesOn.resolve();
  await leaving;
  await (await applying)();
  const { engagements } = await readOffice(office);
  expect(engagements.find(({ dealId }) => dealId === 'D-2')?.ownerId).not.toBe(anaId);
  await office.sweep();
  expect(await breaches(office)).toEqual([]);
});
