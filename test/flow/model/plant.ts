import { type SQL, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Store } from '../../../src/db/store.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import type { Message } from '../../support/memory-slack.ts';
import { Office } from '../../support/office.ts';
import { breaches } from './breaches.ts';
import { ANA, BEN } from './cast.ts';
import { select } from './select.ts';

/** Ana has won Acme and lost Corner; hers at Bolt is put off to a day, and Ben has one there. Nothing is wrong. */
export async function openOffice(store: Store): Promise<Office> {
  const office = await Office.open(store, { people: [ANA, BEN] });
  const { flow, workspaceId } = office;
  await office.receive(
    dealUpdate({ dealId: 'D-1', status: 'won' }),
    dealUpdate({ dealId: 'D-2', status: 'lost', account: { id: 'A-2', name: 'Corner' } }),
    dealUpdate({ dealId: 'D-3', account: { id: 'A-3', name: 'Bolt' } }),
  );
  await office.receive(
    dealUpdate({ dealId: 'D-4', account: { id: 'A-3', name: 'Bolt' }, owner: { email: BEN.email ?? '' } }),
  );
  await office.sweep();
  const [prompt] = await select<{ id: string }>(
    office,
    sql`select p.id::text from prompts p
      join engagements e on e.workspace_id = p.workspace_id and e.id = p.engagement_id
      where p.workspace_id = ${workspaceId} and e.deal_id = 'D-3'`,
  );
  const click = { workspaceId, slackUserId: ANA.slackUserId, promptId: prompt?.id ?? '', key: 'later' };
  await receiveAnswer(flow, { ...click, answer: { kind: 'later', on: '2026-12-04' } });
  expect(await breaches(office)).toEqual([]);
  return office;
}

/** Changes what is stored behind the product's back. */
export async function plant({ flow }: Office, change: SQL): Promise<void> {
  await flow.store.transaction((tx) => tx.execute(change));
}

/** The first message, as it came to be in the ledger once more. */
export function again({ slack }: Office, change: Partial<Message>): void {
  const [first] = slack.ledger;
  if (first === undefined) throw new Error('Ana was asked about Acme');
  slack.ledger.push({ ...first, ...change });
}

/** A message of another bundle, with the same questions or none. */
export function another(office: Office, change: Partial<Message>, bundleId = 'another'): void {
  const bundle = office.slack.ledger[0]?.bundle;
  if (bundle == null) throw new Error('Ana was asked about Acme');
  again(office, { bundle: { ...bundle, bundleId, prompts: [] }, ...change });
}

/** What tells the prompts of an account. */
export const promptsOf = (office: Office, name: string) => sql`workspace_id = ${office.workspaceId}
  and account_id in (select id from accounts where workspace_id = ${office.workspaceId} and name = ${name})`;
