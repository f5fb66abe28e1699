import { type DealKey, dealKey } from '../db/cycle/deal-event.ts';
import { type Engagement, lockEngagementsOfDeals } from '../db/cycle/engagement.ts';
import type { Stage } from '../domain/cycle/stage.ts';
import type { Flow } from '../flow/ports.ts';
import type { SandboxDeal } from './page/wire.ts';

/** The source that the sandbox's hook is. */
const SOURCE = 'hook';

const STANDS: Record<Stage, string> = {
  discover: 'finding out what they need',
  develop: 'something to bring them',
  deliver: 'the offer to bring',
  close: 'asked for the order',
  verify: 'won, the value to be seen',
  next: 'won, and they see it',
};

/** The deals, each with what answers in Slack made of it where its source says otherwise or nothing. */
export async function withAnswers(
  flow: Flow | null,
  workspaceId: string,
  deals: SandboxDeal[],
): Promise<SandboxDeal[]> {
  if (flow === null) return deals;
  const keys = deals.map((deal) => keyOf(deal));
  const found = await flow.store.transaction((tx) => lockEngagementsOfDeals(tx, workspaceId, keys));
  return deals.map((deal) => {
    const engagement = found.get(dealKey(keyOf(deal)));
    const inSlack = engagement && answerOf(engagement, deal);
    return inSlack === undefined ? deal : { ...deal, inSlack };
  });
}

function keyOf(deal: SandboxDeal): DealKey {
  return { source: SOURCE, dealId: deal.id };
}

/** Undefined where nobody has answered anything. */
function answerOf({ stage, ending, askingHow, askingOn }: Engagement, deal: SandboxDeal): string | undefined {
  if (ending !== null) return endedAs(ending, deal);
  if (askingHow === 'entered' && stage === stageIn(deal)) return undefined;
  return askingOn === null ? STANDS[stage] : `${STANDS[stage]}; asked again on ${askingOn}`;
}

/** Where the deal stands by its source alone. */
function stageIn({ status, stage }: SandboxDeal): string {
  return status === 'won' ? 'verify' : stage;
}

function endedAs(ending: string, { status }: SandboxDeal): string | undefined {
  if (ending === status) return undefined;
  return ending === 'won' ? STANDS.next : ending.replaceAll('_', ' ');
}
