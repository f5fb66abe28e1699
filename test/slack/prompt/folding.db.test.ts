import { describe, expect, it } from 'vitest';
import { saveWorkspace } from '../../../src/db/who/workspace.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { claimDueBundles } from '../../../src/flow/asking/claim-bundles.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();

/** Ana was asked about Acme, and asked again days later. */
async function askedTwice(): Promise<SlackSide> {
  const side = await SlackSide.open(store());
  const { team } = side.slack;
  await side.flow.store.transaction((tx) =>
    saveWorkspace(tx, team.id, team.name, side.flow.now(), 'https://acme-sales.slack.com/'),
  );
  await askAgain(side);
  return side;
}

async function askAgain(side: SlackSide): Promise<void> {
  side.clock.moveTo(new Date(side.clock.now().getTime() + 15 * 86_400_000));
  await claimDueBundles(side.flow, side.slack.team.id);
  await side.jobs.runDue();
}

function asks(side: SlackSide) {
  return side.slack.messages(side.dm).filter(({ text }) => text.includes('Acme'));
}

/** The first message also says who the bot is, with a button for the settings. */
function hasAnswers(message: { blocks?: unknown } | undefined): boolean {
  return JSON.stringify(message?.blocks).includes('"actions"');
}

describe('a question that is asked again in a new message', () => {
  it('is one line in the older message, which leads to the newer', async () => {
    const side = await askedTwice();
    const [older, newer] = asks(side);
    expect(hasAnswers(older)).toBe(false);
    expect(hasAnswers(newer)).toBe(true);
    expect(JSON.stringify(older?.blocks)).toContain(
      `https://acme-sales.slack.com/archives/${side.dm}/p${newer?.ts.replace('.', '')}|asked again today`,
    );
  });

  it('takes one edit for each older message, however often it is asked', async () => {
    const side = await askedTwice();
    const edits = () => side.slack.ledger.filter(({ method }) => method === 'chat.update').length;
    expect(edits()).toBe(1);
    await askAgain(side);
    expect(edits()).toBe(3);
    expect(asks(side).map(hasAnswers)).toEqual([false, false, true]);
  });

  it('is folded though Slack refuses one edit: that one counts as done', async () => {
    const side = await SlackSide.open(store());
    side.slack.fail({ method: 'chat.update', kind: 'cant_update_message' });
    await askAgain(side);
    await askAgain(side);
    expect(asks(side).map(hasAnswers)).toEqual([false, false, true]);
    expect(side.jobs.failures).toEqual([]);
  });

  it('says what became of it to a click that comes before the message is drawn anew', async () => {
    const side = await SlackSide.open(store());
    const { flow, slack } = side;
    const who = { workspaceId: slack.team.id, slackUserId: ANA.id };
    const { doors } = await showBoard(flow, { ...who, limit: 1 });
    const promptId = doors[0]?.promptId ?? '';
    await receiveAnswer(flow, {
      ...who,
      promptId,
      key: 'other:1',
      answer: { kind: 'talk', on: '2026-12-04' },
    });
    await side.click({ actionId: 'prompt_more', value: 'tomorrow' });
    await side.whispered('This one is answered already. You closed Acme');
    const whispers = slack.messages(side.dm, ANA.id).filter(({ ephemeralFor }) => ephemeralFor);
    expect(JSON.stringify(whispers.at(-1)?.blocks)).toContain('You talk on Fri 4 Dec · Ana Lima, today');
  });
});
