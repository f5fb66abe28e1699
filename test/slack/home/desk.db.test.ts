import { describe, expect, it } from 'vitest';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();

async function opened(): Promise<SlackSide> {
  const side = await SlackSide.open(store());
  await open(side);
  return side;
}

async function open({ slack }: SlackSide): Promise<void> {
  const before = published(slack);
  await slack.openHome(ANA.id);
  await slack.until('Home', () => published(slack) > before || undefined);
}

function published(slack: SlackSide['slack']): number {
  return slack.ledger.filter(({ method }) => method === 'views.publish').length;
}

function home({ slack }: SlackSide): string {
  return JSON.stringify(slack.home(ANA.id)?.view.blocks);
}

async function first({ flow, slack }: SlackSide) {
  const who = { workspaceId: slack.team.id, slackUserId: ANA.id };
  const { doors } = await showBoard(flow, { ...who, limit: 1 });
  return { ...who, promptId: doors[0]?.promptId ?? '', accountId: doors[0]?.account.id ?? '' };
}

describe("a rep's desk", () => {
  it('has the answers to what waits right there, and says what comes of one', async () => {
    const side = await opened();
    const viewId = side.slack.home(ANA.id)?.id ?? '';
    expect(home(side)).toContain('You closed Acme');
    const { promptId } = await first(side);
    const click = { blockId: `prompt:${promptId}:ask`, actionId: 'prompt_more', value: 'tomorrow' };
    await side.slack.click(ANA.id, { viewId }, click);
    await side.slack.until('the next Home', () => home(side).includes('On Tue 24 Nov I') || undefined);
    expect(home(side)).toContain('*Coming*');
    expect(home(side)).not.toContain('*Asked, and waiting for you*');
  });

  it('takes back the last that was told, from there', async () => {
    const side = await opened();
    const { accountId: _, ...who } = await first(side);
    await receiveAnswer(side.flow, { ...who, key: 'k', answer: { kind: 'talk', on: '2026-12-04' } });
    await side.jobs.runDue();
    const viewId = side.slack.home(ANA.id)?.id ?? '';
    await side.slack.click(ANA.id, { viewId }, { actionId: ACTION.undoLast });
    const shown = await side.slack.until('what it was', () => side.slack.openViews(ANA.id)[0]);
    expect(JSON.stringify(shown)).toMatch(/The last you told me: \*Acme\* .* 4 Dec/);
    await side.slack.click(ANA.id, { viewId: shown.id }, { actionId: ACTION.undo });
    await side.slack.until('that it is taken back', () =>
      JSON.stringify(side.slack.openViews(ANA.id)).includes('Taken back: *Acme*'),
    );
    await side.slack.until('Home as before', () => home(side).includes('*Asked, and waiting for you*'));
  });

  it('is drawn anew, once, after an answer given elsewhere', async () => {
    const side = await opened();
    const before = published(side.slack);
    const { accountId: _, ...who } = await first(side);
    await receiveAnswer(side.flow, { ...who, key: 'k', answer: { kind: 'talk', on: '2026-12-04' } });
    await side.jobs.runDue();
    expect(published(side.slack)).toBe(before + 1);
    expect(home(side)).toContain("I'll ask on Fri 4 Dec");
  });

  it('is not drawn for who has never opened it', async () => {
    const side = await SlackSide.open(store());
    const { accountId: _, ...who } = await first(side);
    await receiveAnswer(side.flow, { ...who, key: 'k', answer: { kind: 'talk', on: '2026-12-04' } });
    await side.jobs.runDue();
    expect(published(side.slack)).toBe(0);
  });

  it('lists the needs that the rep heard, with their estimates', async () => {
    const side = await SlackSide.open(store());
    const { accountId, workspaceId, slackUserId } = await first(side);
    const need = {
      words: 'a second line',
      estimate: { value: '20000', currency: 'EUR' },
      neededOn: '2027-01-15',
    };
    await hearNeed(side.flow, { workspaceId, slackUserId, client: { id: accountId }, need, key: 'n' });
    await open(side);
    expect(home(side)).toContain('*Acme* · “a second line” · about 20,000 EUR · by Fri 15 Jan 2027');
  });

  it('pages through sixty open questions, each shown once', async () => {
    const side = await SlackSide.open(store());
    const deals = Array.from({ length: 59 }, (_, index) =>
      dealUpdate({
        dealId: `D${index}`,
        account: { id: `A${index}`, name: `Client ${index}` },
        stage: 'develop',
      }),
    );
    await gatherDealUpdates(side.flow)(side.slack.team.id, deals);
    await side.jobs.runDue();
    await open(side);
    const seen: string[] = [];
    for (let page = 0; page < 3; page += 1) {
      seen.push(...new Set(home(side).match(/Client \d+|closed Acme/g)));
      const viewId = side.slack.home(ANA.id)?.id ?? '';
      if (!home(side).includes('board_page')) break;
      const before = published(side.slack);
      await side.slack.click(ANA.id, { viewId }, { actionId: 'board_page' });
      await side.slack.until('the next page', () => published(side.slack) > before || undefined);
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });
});
