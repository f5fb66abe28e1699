import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { HandOverMessageView } from '../../../src/flow/hand-over/views.ts';
import { checkMessageBlocks, checkView } from '../../../src/sandbox/stand-in/check.ts';
import { askedMessage, handOverForm } from '../../../src/slack/hand-over/form.ts';
import { handOverMessage } from '../../../src/slack/hand-over/message.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { MESSAGE_TEXT } from '../../../src/slack/kit/limits.ts';
import { anyHandOver } from '../any-view.ts';

const ANA = { name: 'Ana', slackUserId: 'U1' };
const BEN = { name: 'Ben', slackUserId: 'U2' };
const MIA = { name: 'Mia', slackUserId: 'U3' };
const waits: HandOverMessageView = {
  messageId: 'm1',
  kind: 'asked',
  timeZone: 'UTC',
  today: '2026-11-23',
  handOver: {
    ...{ handOverId: 'h1', account: { id: 'a1', name: 'Acme' }, line: 'Dana knows you' },
    engagement: {
      ...{ id: 'e1', name: 'GTX Pro', url: null, stage: 'verify', ending: null },
      ...{ amount: { value: '4514', currency: 'USD' }, dealAt: new Date('2026-11-23T09:00:00Z') },
    },
    ...{ from: ANA, by: ANA, to: BEN, asked: BEN, endedBy: null },
    ...{ proposedAt: new Date('2026-11-23T09:00:00Z'), ending: null, endedAt: null, factId: null },
  },
};

const drawn = (view: HandOverMessageView) => JSON.stringify(handOverMessage(view).blocks);

it('asks in one line, with the giver’s own words and two answers', () => {
  expect(handOverMessage(waits).text).toBe('<@U1> asks whether you take on *Acme* · GTX Pro · 4,514 USD.');
  expect(drawn(waits)).toContain('> Dana knows you');
  expect([drawn(waits).includes(ACTION.takeHandOver), drawn(waits).includes(ACTION.declineHandOver)]).toEqual(
    [true, true],
  );
});

it('tells the manager whom it was put to, and leaves the first one a late yes only', () => {
  const up = { ...waits.handOver, asked: MIA };
  expect(drawn({ ...waits, kind: 'asked_above', handOver: up })).toContain('<@U1> asked <@U2> to take on');
  const first = drawn({ ...waits, handOver: up });
  expect(first).toContain('<@U3> is asked by now; you can still take it on.');
  expect(first).not.toContain(ACTION.declineHandOver);
});

it('says of a deal that is not the proposer’s whose it is', () => {
  const byMia = { ...waits.handOver, by: MIA };
  expect(drawn({ ...waits, handOver: byMia })).toContain('<@U3> asks whether you take on');
  expect(drawn({ ...waits, handOver: byMia })).toContain('which is with <@U1>');
});

it('shows what became of it, and undoes only what stands', () => {
  const taken = { ...waits.handOver, ending: 'taken' as const, endedBy: BEN, endedAt: new Date() };
  expect(drawn({ ...waits, handOver: { ...taken, factId: 'f1' } })).toContain(ACTION.undo);
  const undone = drawn({ ...waits, handOver: taken });
  expect(undone).toContain('that was undone since');
  expect(undone).not.toContain(ACTION.undo);
});

it('keeps within Slack’s limits, whatever the names are like', () => {
  fc.assert(
    fc.property(anyHandOver, (view) => {
      const { text, blocks } = handOverMessage(view);
      expect(text.length).toBeLessThanOrEqual(MESSAGE_TEXT);
      checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
      const { handOver } = view;
      checkMessageBlocks(JSON.parse(JSON.stringify(askedMessage(handOver).blocks)));
      const here = { timeZone: view.timeZone, today: view.today };
      for (const found of [
        { kind: 'free' as const, ...handOver },
        { kind: 'waits' as const, handOver },
        { kind: 'refused' as const, why: 'gone' as const },
      ])
        checkView(JSON.parse(JSON.stringify(handOverForm(found, handOver.handOverId, here))), 'modal');
    }),
  );
});
