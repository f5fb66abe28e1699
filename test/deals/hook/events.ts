/** The event of the issue, with what a test changes about its deal and about itself. */
export function dealEvent(deal: Record<string, unknown> = {}, event: Record<string, unknown> = {}) {
  return {
    id: 'evt_1',
    type: 'deal.updated',
    occurred_at: '2026-11-23T09:00:00Z',
    ...event,
    deal: {
      id: 'D-1',
      name: 'GTX Pro',
      account: { id: 'A-1', name: 'Acme' },
      owner: { email: 'ana@example.com' },
      stage: 'deliver',
      status: 'won',
      amount: { value: '4514.00', currency: 'USD' },
      opened_at: '2026-10-01T08:00:00+02:00',
      closed_at: '2026-11-22T18:00:00-05:00',
      ...deal,
    },
  };
}
