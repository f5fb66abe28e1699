import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import { MONDAY } from './office.ts';

let events = 0;

/** A deal update with what a test says of it; its event is one of its own unless the test names it. */
export function dealUpdate(change: Partial<DealUpdate> = {}): DealUpdate {
  events += 1;
  return {
    source: 'crm',
    eventId: `evt_${events}`,
    occurredAt: new Date(MONDAY),
    dealId: 'D-1',
    account: { id: 'A-1', name: 'Acme' },
    owner: { email: 'ana@example.com' },
    name: 'GTX Pro',
    status: 'open',
    ...change,
  };
}
