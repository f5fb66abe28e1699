import { describe, expect, it } from 'vitest';
import type { DealUpdate } from '../../../src/domain/cycle/deal-update.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { MONDAY, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';
import { breaches } from '../model/breaches.ts';
import { stateOf } from '../model/state.ts';

const store = useStore();
const minute = (n: number) => new Date(new Date(MONDAY).getTime() + n * 60_000);
const told = (n: number, dealId: string, account: DealUpdate['account']) =>
  dealUpdate({ dealId, account, eventId: `evt_${n}`, occurredAt: minute(n) });

/** Every order of a few updates, each told on its own. */
function orders<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((first) => orders(all.filter((one) => one !== first)).map((rest) => [first, ...rest]));
}

async function accountsAfter(updates: readonly DealUpdate[]) {
  const office = await Office.open(store());
  for (const update of updates) {
    await office.receive(update);
    office.clock.pass({ minutes: 1 });
  }
  expect(await breaches(office)).toEqual([]);
  const { engagements, accounts } = await stateOf(office);
  return { accounts, deals: engagements.map(({ deal, account }) => `${deal}: ${account}`) };
}

describe('the accounts are the same in every order of the news', () => {
  it('of a name alone, an id that bears it, and the id under a new name', async () => {
    const news = [
      told(0, 'D-1', { name: 'Corner' }),
      told(1, 'D-2', { id: 'A-1', name: 'Corner' }),
      told(2, 'D-2', { id: 'A-1', name: 'Corner Ltd' }),
    ];
    for (const order of orders(news)) {
      expect(await accountsAfter(order)).toEqual({
        accounts: [' Corner', 'A-1 Corner Ltd'],
        deals: ['D-1:  Corner', 'D-2: A-1 Corner Ltd'],
      });
    }
  });

  it('of a name alone and two ids that bear it', async () => {
    const news = [
      told(0, 'D-1', { id: 'A-1', name: 'Corner' }),
      told(1, 'D-2', { id: 'A-2', name: 'Corner' }),
      told(2, 'D-3', { name: 'corner' }),
    ];
    for (const order of orders(news)) {
      expect(await accountsAfter(order)).toEqual({
        accounts: [' corner', 'A-1 Corner', 'A-2 Corner'],
        deals: ['D-1: A-1 Corner', 'D-2: A-2 Corner', 'D-3:  corner'],
      });
    }
  });

  it('of a name alone and one id that comes to bear it', async () => {
    const news = [
      told(0, 'D-1', { name: 'Corner' }),
      told(1, 'D-2', { id: 'A-1', name: 'Bolt' }),
      told(2, 'D-2', { id: 'A-1', name: 'CORNER' }),
    ];
    for (const order of orders(news)) {
      expect(await accountsAfter(order)).toEqual({
        accounts: ['A-1 CORNER'],
        deals: ['D-1: A-1 CORNER', 'D-2: A-1 CORNER'],
      });
    }
  });
});
