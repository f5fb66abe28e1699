import { describe, expect, it } from 'vitest';
import { declareWon } from '../../../src/flow/answers/declare-won.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

/** Two clients of one name, as CRMs have them: each rep has a deal with one. */
async function twoOfOneName() {
  const office = await Office.open(store());
  for (const { slackUserId, email } of [ANA, BEN]) {
    const [id, owner] = [slackUserId, { email: email ?? '' }];
    await office.receive(dealUpdate({ dealId: `D-${id}`, account: { id, name: 'Acme' }, owner, name: id }));
  }
  return office;
}

describe.each([ANA, BEN])('where two accounts bear one name, $name', ({ slackUserId }) => {
  it('wins the deal at their own', async () => {
    const { flow, workspaceId } = await twoOfOneName();
    const won = await declareWon(flow, {
      workspaceId,
      slackUserId,
      client: { name: 'Acme' },
      key: 'command:1',
    });
    expect(won).toMatchObject({ kind: 'taken', prompt: { engagement: { name: slackUserId } } });
  });

  it('is shown their own, and hears needs of their own', async () => {
    const { flow, workspaceId } = await twoOfOneName();
    const who = { workspaceId, slackUserId };
    const shown = await showAccount(flow, { ...who, client: { name: 'acme' }, limit: 10 });
    expect(shown).toMatchObject({ kind: 'found', view: { turns: [{ name: slackUserId }] } });
    const need = { words: 'A second line' };
    await hearNeed(flow, { ...who, client: { name: 'Acme' }, need, key: 'command:2' });
    const after = await showAccount(flow, { ...who, client: { name: 'acme' }, limit: 10 });
    expect(after).toMatchObject({ view: { turns: [{ name: slackUserId }], needs: [need] } });
  });
});
