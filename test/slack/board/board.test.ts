import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BoardGroup } from '../../../src/domain/asking/board.ts';
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
    dealAt: new Date('2026-11-19T15:00:00Z'),
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
const doors = [
  { ...acme, group: 'waiting' as const },
  { ...betasoft, group: 'coming' as const },
];
const board: BoardView = {
  rep: { name: 'Ana', slackUserId: 'U1', timeZone: 'Europe/Lisbon' },
  now,
  doors,
  offset: 0,
  counts: { waiting: 1, coming: 1, quiet: 0 },
  total: 2,
  account: null,
};

function only(door: DoorView, group: BoardGroup = 'waiting'): BoardView {
  const counts = { waiting: 0, coming: 0, quiet: 0, [group]: 1 };
  return { ...board, doors: [{ ...door, group }], counts, total: 1 };
}

/** The rows with a button to answer. */
function rowsOf(view: BoardView): string[] {
  return boardMessage(view).blocks.flatMap((block) =>
    block.type === 'section' && block.accessory?.type === 'button' ? [block.text?.text ?? ''] : [],
  );
}

describe('the board', () => {
  it('shows what waits, what comes with its day and what is quiet, in that order, each with a button', () => {
    const quiet = {
      ...acme,
      promptId: '0193-quiet',
      account: { id: 'a3', name: 'Coppice' },
      group: 'quiet' as const,
    };
    const counts = { waiting: 1, coming: 1, quiet: 1 };
    expect(boardMessage({ ...board, doors: [...doors, quiet], counts, total: 3 })).toMatchSnapshot();
  });

  it('says today where a question has waited since today', () => {
    const since = new Date('2026-11-23T08:00:00Z');
    expect(rowsOf(only({ ...acme, since, dueAt: since }))).toEqual([
      expect.stringContaining('Waiting since today'),
    ]);
  });

  it('says how to begin where nothing stands open', () => {
    const counts = { waiting: 0, coming: 0, quiet: 0 };
    expect(boardMessage({ ...board, doors: [], counts, total: 0 })).toMatchSnapshot();
  });

  it('says today, not the date, where it asks later in the day', () => {
    const door = { ...acme, asked: 0, dueAt: new Date('2026-11-23T09:20:00Z') };
    expect(rowsOf(only(door, 'coming'))).toEqual([expect.stringMatching(/\nI'll ask today$/)]);
  });

  it('leads to what found no room, before it and after it', () => {
    const middle = JSON.stringify(boardMessage({ ...board, offset: 20, total: 34 }).blocks);
    expect(middle).toContain('Show 12 more');
    expect(middle).toContain('Back (20 before)');
    const whole = JSON.stringify(boardMessage(board).blocks);
    expect(whole).not.toContain('more');
    expect(whole).not.toContain('before');
  });

  it('shows no two rows that look the same: the day of the deal tells them apart, or a number', () => {
    const order = {
      id: 'e',
      name: null,
      url: null,
      amount: { value: '900', currency: 'EUR' },
      stage: 'verify' as const,
    };
    const from = (date: string, id: string) => ({
      ...acme,
      promptId: id,
      engagement: { ...order, ending: null, dealAt: new Date(date) },
      group: 'waiting' as const,
    });
    const alike = [from('2026-11-02', 'p1'), from('2026-11-03', 'p2'), from('2026-11-03', 'p3')];
    const rows = rowsOf({ ...board, doors: alike, total: 3 });
    expect(new Set(rows).size).toBe(3);
    expect(rows[0]).toContain('*Acme &amp; Sons* · 900 EUR · Mon 2 Nov\n');
    expect(rows[2]).toContain('Tue 3 Nov · 2\n');
  });

  it('is taken by Slack whatever the clients are called, and each question is shown or led to', () => {
    fc.assert(
      fc.property(anyBoard, (any) => {
        const { text, blocks } = boardMessage(any);
        checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
        expect(text.length).toBeLessThanOrEqual(4_000);
        const rows = rowsOf(any);
        expect(new Set(rows).size).toBe(rows.length);
        const more = /Show (\d+) more/.exec(JSON.stringify(blocks))?.[1] ?? 0;
        expect(any.offset + rows.length + Number(more)).toBe(any.total);
      }),
      { numRuns: 40 },
    );
  });

  it('lets no name call the whole channel', () => {
    const loud = { ...acme, account: { id: 'a', name: '<!channel>' } };
    expect(JSON.stringify(boardMessage(only(loud)))).not.toContain('<!channel>');
  });
});
