import type { Store } from '../../src/db/store.ts';
import { DEFAULT_PLAYBOOK } from '../../src/domain/asking/playbook.ts';
import type { Flow, Slack } from '../../src/flow/ports.ts';

const nothing = () => undefined;
const silence = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The flow on a store, without working hours, with a Slack that takes everything at once: only the database counts. */
export function quietFlow(store: Store): Flow {
  const sent = async () => ({ kind: 'sent' as const, channelId: 'C0BENCH', ts: '1.000001' });
  const slack: Slack = {
    ...{
      openDm: sent,
      sendBundle: sent,
      redrawBundle: sent,
      publishHome: sent,
      sendDigest: sent,
      sendRefusedDigest: sent,
      sendAdminSummary: sent,
      sendNotice: sent,
      sendHandOver: sent,
      redrawHandOver: sent,
    },
    turn: async () => true,
    findBundle: async () => ({ kind: 'absent' }),
    findHandOver: async () => ({ kind: 'absent' }),
    people: async () => ({ people: [], nextCursor: null }),
    person: async () => null,
    personByEmail: async () => null,
  };
  const defaults = { ...DEFAULT_PLAYBOOK, hours: { from: 0, to: 1440 }, days: [1, 2, 3, 4, 5, 6, 7] };
  return { store, slackOf: () => slack, now: () => new Date(), log: silence, defaults };
}
