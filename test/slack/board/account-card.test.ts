import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountView, TurnView } from '../../../src/flow/show/views.ts';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { accountMessage } from '../../../src/slack/board/account-card.ts';
import { anyAccount } from '../any-view.ts';

const first: TurnView = {
  id: 'e1',
  name: 'GTX Pro',
  url: null,
  dealAt: new Date('2026-03-02T10:00:00Z'),
  amount: { value: '4514.0000', currency: 'USD' },
  stage: 'next',
  ending: 'continued',
  openedAt: new Date('2026-01-12T10:00:00Z'),
  wonAt: new Date('2026-03-03T10:00:00Z'),
  verifiedAt: new Date('2026-03-09T10:00:00Z'),
  endedAt: new Date('2026-03-09T10:00:00Z'),
  owner: 'Ana',
  parentId: null,
  grewFrom: null,
  verification: {
    who: 'Dana, head of operations',
    seesValue: 'yes',
    words: 'We ship a day earlier',
    measure: { value: '12.5', unit: 'hours a week' },
    promised: 'A training for the night shift',
    heldOn: '2026-03-09',
  },
  lostReason: null,
};
const lost: TurnView = {
  ...first,
  id: 'e2',
  name: 'Cloud link',
  ending: 'lost',
  stage: 'close',
  wonAt: null,
  verifiedAt: null,
  endedAt: new Date('2026-05-04T10:00:00Z'),
  verification: null,
  lostReason: 'No budget before autumn',
};
const second: TurnView = {
  ...first,
  id: 'e3',
  name: null,
  amount: null,
  stage: 'develop',
  ending: null,
  openedAt: new Date('2026-11-02T10:00:00Z'),
  wonAt: null,
  verifiedAt: null,
  endedAt: null,
  parentId: 'e1',
  grewFrom: 'a second line',
  verification: null,
};
const need = { id: 'n1', estimate: null, neededOn: null, heardAt: new Date('2026-03-09T10:00:00Z') };
const view: AccountView = {
  account: { id: 'a1', name: 'Acme' },
  timeZone: 'Europe/Lisbon',
  now: new Date('2026-11-23T09:00:00Z'),
  turns: [second, lost, first],
  totalTurns: 3,
  won: { count: 1, amounts: [{ value: '4514.0000', currency: 'USD' }] },
  needs: [
    {
      ...need,
      words: 'a second line',
      estimate: { value: '20000', currency: 'EUR' },
      neededOn: '2027-01-15',
      outcome: 'taken_up',
    },
    { ...need, id: 'n2', words: 'somebody to call at night', outcome: 'open' },
    { ...need, id: 'n3', words: 'blue boxes', outcome: 'dropped' },
  ],
  next: [
    {
      promptId: 'p1',
      account: { id: 'a1', name: 'Acme' },
      engagement: null,
      question: 'develop',
      since: new Date('2026-11-02T10:00:00Z'),
      dueAt: new Date('2026-11-30T09:00:00Z'),
      asked: 1,
      quietSince: null,
      rep: 'Ana',
    },
  ],
  joined: [],
  notes: [{ text: 'Dana is away until Friday', at: new Date('2026-11-20T10:00:00Z'), by: 'Ana' }],
};

describe('the account card', () => {
  it('tells the story from the first close to what is next', () => {
    expect(accountMessage(view)).toMatchSnapshot();
  });

  it('shows an account that has only just begun', () => {
    const bare = {
      ...view,
      turns: [],
      totalTurns: 0,
      won: { count: 0, amounts: [] },
      needs: [],
      next: [],
      notes: [],
    };
    expect(accountMessage(bare)).toMatchSnapshot();
  });

  it('says that a closed engagement still waits for its verification', () => {
    const unverified = {
      ...first,
      stage: 'verify' as const,
      ending: null,
      verifiedAt: null,
      verification: null,
    };
    const { blocks } = accountMessage({ ...view, turns: [unverified], totalTurns: 1 });
    expect(JSON.stringify(blocks)).toContain('The value is yet to be confirmed.');
  });

  it('says the words of a need once where the engagement is called by them', () => {
    const begun = { ...second, name: 'a second line' };
    const shown = JSON.stringify(accountMessage({ ...view, turns: [begun, lost, first] }).blocks);
    expect(shown).toContain('*3. a second line*');
    expect(shown).toContain('Grew from this need, heard in deal 1');
  });

  it('numbers the turns from the first, also where the earlier ones are left out', () => {
    const shown = JSON.stringify(accountMessage({ ...view, turns: [second, lost], totalTurns: 12 }).blocks);
    expect(shown).toContain('10 earlier deals');
    expect(shown).toMatch(/11\. Cloud link.*12\. Deal/);
  });

  it('is taken by Slack whatever the account has been through, and ends in what is next', () => {
    fc.assert(
      fc.property(anyAccount, (any) => {
        const { text, blocks } = accountMessage(any);
        checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
        expect(text.length).toBeLessThanOrEqual(4_000);
        expect(JSON.stringify(blocks)).toContain("What's next?");
      }),
      { numRuns: 40 },
    );
  });
});
