import { describe, expect, it } from 'vitest';
import { keepNote } from '../../../src/flow/answers/keep-note.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, BEN, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();
const won = { account: { name: 'Acme' }, status: 'won' as const };
const brightwater = { account: { name: 'Bright & Water' }, dealId: 'D-2' };

describe('a note', () => {
  it('goes to the account that it names, whatever was asked last', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate(won), dealUpdate(brightwater));
    expect(await written(office, 'They see it')).toMatchObject({ account: 'Acme' });
    expect(await written(office, 'Saw bright & water: a demo, please')).toMatchObject({
      account: 'Bright & Water',
    });
    expect(await notesOf(office, 'Bright & Water')).toEqual(['Saw bright & water: a demo, please']);
  });

  it('goes to no account of somebody else', async () => {
    const office = await Office.open(store());
    const owner = { email: BEN.email ?? '' };
    await office.receive(dealUpdate(won), dealUpdate({ ...brightwater, owner }));
    expect(await written(office, 'Saw Bright & Water too')).toMatchObject({ account: 'Acme' });
  });

  it('beside "not yet" stands in the story of the account', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate(won));
    const ana = anaIn(office);
    const { doors } = await showBoard(office.flow, { ...ana, limit: 1 });
    const answer = { kind: 'later' as const, on: '2026-11-30', note: 'Kim is away' };
    await receiveAnswer(office.flow, { ...ana, promptId: doors[0]?.promptId ?? '', key: 'form:1', answer });
    expect(await notesOf(office, 'Acme')).toEqual(['Kim is away']);
  });
});

function anaIn({ workspaceId }: Office) {
  return { workspaceId, slackUserId: ANA.slackUserId };
}

async function written(office: Office, text: string) {
  return await keepNote(office.flow, {
    ...anaIn(office),
    channelId: 'D1',
    threadTs: null,
    text,
    key: `note:${text}`,
  });
}

async function notesOf(office: Office, name: string): Promise<string[]> {
  const shown = await showAccount(office.flow, { ...anaIn(office), name, limit: 10 });
  return shown.kind === 'found' ? shown.view.notes.map(({ text }) => text) : [];
}
