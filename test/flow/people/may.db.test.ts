import { describe, expect, it } from 'vitest';
import { declareWon } from '../../../src/flow/answers/declare-won.ts';
import { hearNeed } from '../../../src/flow/answers/hear-need.ts';
import { keepNote } from '../../../src/flow/answers/keep-note.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { subscribeDigest } from '../../../src/flow/digests/subscribe-digest.ts';
import { NoRepError } from '../../../src/flow/people/ensure-rep.ts';
import { personChanged } from '../../../src/flow/people/person-changed.ts';
import { setManager } from '../../../src/flow/people/set-manager.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { showPrompt } from '../../../src/flow/show/show-prompt.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office, person } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();

const DANA = person('Dana');
const EVA = person('Eva');
const ZOE = person('Zoe', { isGuest: true });
const STRANGER = 'U0STRANGER';

/** Ana has closed Acme, the guest Zoe Zenith. Dana leads Ana, and Eva leads Dana; Ben leads nobody. */
async function acme() {
  const office = await Office.open(store(), { people: [ANA, BEN, DANA, EVA, ZOE] });
  const { flow, workspaceId } = office;
  const won = (name: string, email: string | null, dealId: string) =>
    dealUpdate({ dealId, account: { name }, owner: { email: email ?? '' }, status: 'won' });
  await office.receive(won('Acme', ANA.email, 'D-1'), won('Zenith', ZOE.email, 'D-2'));
  for (const [led, lead] of [
    [ANA, DANA],
    [DANA, EVA],
  ] as const) {
    const who = { workspaceId, slackUserId: led.slackUserId };
    await setManager(flow, { ...who, managerSlackUserId: lead.slackUserId });
  }
  const ofAna = { workspaceId, slackUserId: ANA.slackUserId };
  const { doors } = await showBoard(flow, { ...ofAna, limit: 1 });
  return { office, flow, workspaceId, promptId: doors[0]?.promptId ?? '', ofAna };
}

type Acme = Awaited<ReturnType<typeof acme>>;

/** Every verb that somebody could turn to Ana's question or to Acme with, and what it comes to. */
const VERBS: Record<string, (acme: Acme, slackUserId: string) => Promise<string>> = {
  showPrompt: async ({ flow, workspaceId, promptId }, slackUserId) =>
    (await showPrompt(flow, { workspaceId, slackUserId, promptId })).kind,
  showAccount: async ({ flow, workspaceId }, slackUserId) =>
    (await showAccount(flow, { workspaceId, slackUserId, client: { name: 'Acme' }, limit: 9 })).kind,
  hearNeed: async ({ flow, workspaceId }, slackUserId) => {
    const heard = { client: { name: 'Acme' }, need: { words: 'A second line' }, key: `need:${slackUserId}` };
    return (await hearNeed(flow, { workspaceId, slackUserId, ...heard })).kind;
  },
  keepNote: async ({ flow, workspaceId }, slackUserId) => {
    const words = { text: 'Acme wants it', writtenAt: flow.now(), key: `note:${slackUserId}` };
    const note = { channelId: 'D1', ts: slackUserId, threadTs: null, ...words };
    return String((await keepNote(flow, { workspaceId, slackUserId, ...note })).account);
  },
  receiveAnswer: async ({ flow, workspaceId, promptId }, slackUserId) => {
    const answer = { kind: 'later' as const, on: '2026-12-01' };
    const answering = { workspaceId, slackUserId, promptId, key: `click:${slackUserId}`, answer };
    return (await receiveAnswer(flow, answering)).kind;
  },
  declareWon: async ({ flow, workspaceId }, slackUserId) => {
    const amount = { value: '7', currency: 'USD' };
    const order = { client: { name: 'Acme' }, amount, order: { kind: 'another' as const } };
    return (await declareWon(flow, { workspaceId, slackUserId, ...order, key: `won:${slackUserId}` })).kind;
  },
  subscribeDigest: async ({ flow, workspaceId }, slackUserId) => {
    const wish = { channelId: 'C1', cadence: 'daily' as const };
    return (await subscribeDigest(flow, { workspaceId, slackUserId, ...wish })).kind;
  },
};

async function outcomesFor(here: Acme, slackUserId: string): Promise<Record<string, string>> {
  const outcomes: Record<string, string> = {};
  for (const [verb, call] of Object.entries(VERBS)) {
    outcomes[verb] = await call(here, slackUserId).catch((error: unknown) => {
      if (error instanceof NoRepError) return 'no rep';
      throw error;
    });
  }
  return outcomes;
}

const MAY_READ = { showAccount: 'found', hearNeed: 'heard', declareWon: 'taken', subscribeDigest: 'on' };
const MAY_ANSWER = { showPrompt: 'shown', receiveAnswer: 'taken' };
const MAY_NOT_ANSWER = { showPrompt: 'not_theirs', receiveAnswer: 'refused' };

describe('a question, its account and all that can be done with them', () => {
  it.each([
    ['the rep who is asked', ANA, { ...MAY_ANSWER, ...MAY_READ, keepNote: 'Acme' }],
    ['who leads the rep', DANA, { ...MAY_ANSWER, ...MAY_READ, keepNote: 'null' }],
    ['who leads who leads the rep', EVA, { ...MAY_ANSWER, ...MAY_READ, keepNote: 'null' }],
    ['another rep', BEN, { ...MAY_NOT_ANSWER, ...MAY_READ, keepNote: 'null' }],
  ])('are open to %s as far as it is theirs', async (_who, { slackUserId }, expected) => {
    expect(await outcomesFor(await acme(), slackUserId)).toEqual(expected);
  });

  it('are nothing to a guest who has a deal elsewhere, and nothing of theirs is stored there', async () => {
    const here = await acme();
    expect(await outcomesFor(here, ZOE.slackUserId)).toEqual({
      ...MAY_NOT_ANSWER,
      ...{ showAccount: 'unknown', hearNeed: 'unknown', declareWon: 'not_for_guests' },
      ...{ subscribeDigest: 'not_for_guests', keepNote: 'Zenith' },
    });
    const { flow, ofAna } = here;
    expect(await showAccount(flow, { ...ofAna, client: { name: 'Acme' }, limit: 9 })).toMatchObject({
      view: { needs: [], notes: [], totalTurns: 1 },
    });
  });

  it('are nothing to somebody who is not of the workspace', async () => {
    expect(await outcomesFor(await acme(), STRANGER)).toEqual({
      ...MAY_NOT_ANSWER,
      ...{ showAccount: 'no rep', hearNeed: 'no rep', declareWon: 'no rep' },
      ...{ subscribeDigest: 'no rep', keepNote: 'no rep' },
    });
  });

  it('are open to whom the source names as the owner, though somebody stands in', async () => {
    const { office, flow, ofAna } = await acme();
    office.slack.setPerson({ ...ANA, active: false });
    await personChanged(flow, { workspaceId: ofAna.workspaceId, person: { ...ANA, active: false } });
    await office.jobs.runDue();
    const asDana = { ...ofAna, slackUserId: DANA.slackUserId };
    const { doors } = await showBoard(flow, { ...asDana, limit: 1 });
    const promptId = doors[0]?.promptId ?? '';
    expect(doors).toMatchObject([{ account: { name: 'Acme' } }]);
    expect(await showPrompt(flow, { ...ofAna, promptId })).toMatchObject({ kind: 'shown' });
  });
});

it('a guest reads and adds to the account at which they have a deal', async () => {
  const { flow, workspaceId } = await acme();
  const asZoe = { workspaceId, slackUserId: ZOE.slackUserId };
  expect(await showAccount(flow, { ...asZoe, client: { name: 'zenith' }, limit: 9 })).toMatchObject({
    kind: 'found',
  });
  const heard = { client: { name: 'Zenith' }, need: { words: 'A second line' }, key: 'need:1' };
  expect(await hearNeed(flow, { ...asZoe, ...heard })).toMatchObject({ kind: 'heard' });
  const order = {
    client: { name: 'Zenith' },
    order: { kind: 'another' as const },
    amount: { value: '7', currency: 'USD' },
    key: 'won:1',
  };
  expect(await declareWon(flow, { ...asZoe, ...order })).toMatchObject({ kind: 'taken' });
});
