import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardView, DoorView } from '../../../src/flow/show/views.ts';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { boardMessage } from '../../../src/slack/board/board.ts';
import { anyBoard } from '../any-view.ts';

const now = new Date('2026-11-23T09:00:00Z');
const acme: DoorView = {
  promptId: '0193-acme',
  account: { id: 'a1', name: 'Acme & Sons' },
  engagement: {
    id: 'e1',
    name: 'GTX Pro',
    url: null,
    amount: { value: '4514', currency: 'USD' },
    stage: 'verify',
    ending: null,
  },
  question: 'verify',
  since: new Date('2026-11-19T15:00:00Z'),
  dueAt: new Date('2026-11-20T09:00:00Z'),
  asked: 2,
  quietSince: null,
};
const betasoft: DoorView = {
  promptId: '0193-beta',
  account: { id: 'a2', name: 'Betasoft' },
  engagement: null,
  question: 'return',
  since: new Date('2026-09-01T09:00:00Z'),
  dueAt: new Date('2027-01-11T09:00:00Z'),
  asked: 0,
  quietSince: null,
};
const board: BoardView = {
  rep: { name: 'Ana', slackUserId: 'U1', timeZone: 'Europe/Lisbon' },
  now,
  doors: [acme, betasoft],
  total: 2,
};

describe('the board', () => {
  it('says today where a door has waited since today', () => {
    const since = new Date('2026-11-23T08:00:00Z');
    const { blocks } = boardMessage({ ...board, doors: [{ ...acme, since, dueAt: since }], total: 1 });
    expect(JSON.stringify(blocks)).toContain('Waiting since today');
  });

  it('shows each door with its question, since when it waits, and a button to answer', () => {
    expect(boardMessage(board)).toMatchSnapshot();
  });

  it('says how to begin where no door is open', () => {
    expect(boardMessage({ ...board, doors: [], total: 0 })).toMatchSnapshot();
  });

  it('says today, not the date, where it asks later in the day', () => {
    const door = { ...acme, dueAt: new Date('2026-11-23T09:20:00Z') };
    expect(boardMessage({ ...board, doors: [door], total: 1 }).blocks[1]).toMatchObject({
      text: { text: expect.stringMatching(/\nI'll ask today$/) },
    });
  });

  it('counts the doors that found no room', () => {
    expect(JSON.stringify(boardMessage({ ...board, total: 14 }).blocks)).toContain('and 12 more');
  });

  it('says nothing of an order among doors where there is one', () => {
    const { text, blocks } = boardMessage({ ...board, doors: [acme], total: 1 });
    expect(text).toContain('One open door');
    expect(JSON.stringify(blocks)).not.toContain('Most pressing');
  });

  it('is taken by Slack whatever the doors are called, and each door is shown or counted', () => {
    fc.assert(
      fc.property(anyBoard, (any) => {
        const { text, blocks } = boardMessage(any);
        checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
        expect(text.length).toBeLessThanOrEqual(4_000);
        const buttons = blocks.filter(
          (block) => block.type === 'section' && block.accessory?.type === 'button',
        );
        const counted = /and (\d+) more/.exec(JSON.stringify(blocks.at(-2) ?? {}))?.[1] ?? 0;
        expect(buttons.length + Number(counted)).toBe(any.total);
      }),
      { numRuns: 40 },
    );
  });

  it('lets no name call the whole channel', () => {
    const loud = { ...acme, account: { id: 'a', name: '<!channel>' } };
    expect(JSON.stringify(boardMessage({ ...board, doors: [loud], total: 1 }))).not.toContain('<!channel>');
  });
});
