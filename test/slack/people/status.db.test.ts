import { describe, expect, it } from 'vitest';
import { showStatus } from '../../../src/flow/show/show-status.ts';
import { statusMessage } from '../../../src/slack/people/status.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

async function statusFor(office: Office, slackUserId: string): Promise<string> {
  return statusMessage(await showStatus(office.flow, { workspaceId: office.workspaceId, slackUserId })).text;
}

describe('/whatsnext status', () => {
  it('tells an admin of the last news, what waits, and whom nobody can reach', async () => {
    const office = await Office.open(store(), { admins: [ANA.slackUserId] });
    await office.receive(
      dealUpdate({ status: 'won' }),
      dealUpdate({
        dealId: 'D-2',
        account: { id: 'A-2', name: 'Brightwater' },
        owner: { name: 'Nobody Known' },
      }),
    );
    const status = await statusFor(office, ANA.slackUserId);
    expect(status).toContain('*Last news of a deal:* today at 09:00, from crm');
    expect(status).toContain('*Deal updates to take in:* none');
    expect(status).toContain('with what waits for them: Nobody Known (1)');
    expect(status).toContain('*Orders that may be one:* none');
  });

  it('tells nobody else', async () => {
    const office = await Office.open(store(), { admins: [ANA.slackUserId] });
    expect(await statusFor(office, BEN.slackUserId)).toBe(
      'That is for admins of this workspace. Ask one of them to type it.',
    );
  });
});
