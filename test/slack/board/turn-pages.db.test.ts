import { describe, expect, it } from 'vitest';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, type Mode, SlackSide } from '../slack-side.ts';

const store = useStore();

/** Ana's side with so many open deals beside Acme's order. */
async function withOpen(count: number, mode: Mode): Promise<SlackSide> {
  const side = await SlackSide.open(store(), mode);
  const deals = Array.from({ length: count }, (_, index) =>
    dealUpdate({
      dealId: `D${index}`,
      account: { id: `A${index}`, name: `Client ${index}` },
      stage: 'develop',
    }),
  );
  await gatherDealUpdates(side.flow)(side.slack.team.id, deals);
  await side.jobs.runDue();
  return side;
}

async function board(side: SlackSide) {
  await side.slack.command(ANA.id, side.dm, '/whatsnext', '');
  return await side.slack.until('the board', () =>
    side.slack.messages(side.dm, ANA.id).find(({ text }) => text.includes('coming')),
  );
}

function accountsIn(blocks: unknown): string[] {
  return [...JSON.stringify(blocks).matchAll(/\*(Acme|Client \d+)\*/g)].map((match) => match[1] ?? '');
}

function rowsIn(blocks: unknown): string[] {
  return [...JSON.stringify(blocks).matchAll(/prompt:([\w-]+):open/g)].map((match) => match[1] ?? '');
}

describe.each<Mode>(['socket', 'http'])('what stands open, over %s', (mode) => {
  it('is paged through in place, each question once', async () => {
    const side = await withOpen(39, mode);
    const message = await board(side);
    const seen = [...rowsIn(message.blocks)];
    for (let page = 0; page < 2; page += 1) {
      await side.slack.click(ANA.id, { channel: side.dm, ts: message.ts }, { actionId: 'board_page' });
      const turned = await side.slack.until('the next page', () => {
        const now = side.slack.messages(side.dm, ANA.id).find(({ ts }) => ts === message.ts);
        return seen.includes(rowsIn(now?.blocks)[0] ?? '') ? undefined : now;
      });
      seen.push(...rowsIn(turned.blocks));
    }
    const who = { workspaceId: side.slack.team.id, slackUserId: ANA.id };
    const { doors } = await showBoard(side.flow, { ...who, limit: 99 });
    expect(seen).toEqual(doors.map(({ promptId }) => promptId));
  });

  it('is shown of one client only, found by typing', async () => {
    const side = await withOpen(20, mode);
    const { ts } = await board(side);
    const at = { channel: side.dm, ts };
    const found = await side.slack.suggest(ANA.id, at, { actionId: 'board_account', value: 'client 17' });
    const [option] = found.ok ? found.options : [];
    await side.slack.click(ANA.id, at, { actionId: 'board_account', value: option?.value ?? '' });
    const shown = () => side.slack.messages(side.dm, ANA.id).find((message) => message.ts === ts)?.blocks;
    await side.slack.until('one client', () => accountsIn(shown()).length === 1 || undefined);
    expect(accountsIn(shown())).toEqual(['Client 17']);
    await side.slack.click(ANA.id, at, { actionId: 'board_story' });
    await side.slack.until('the story', () =>
      side.slack.messages(side.dm, ANA.id).some(({ text }) => text.startsWith('Client 17\nOne deal')),
    );
    await side.slack.click(ANA.id, at, { actionId: 'board_all' });
    await side.slack.until('all clients', () => accountsIn(shown()).length > 1 || undefined);
  });
});
