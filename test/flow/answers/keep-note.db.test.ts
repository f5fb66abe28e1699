import { describe, expect, it } from 'vitest';
import { keepNote } from '../../../src/flow/answers/keep-note.ts';
import { keepTypedNote } from '../../../src/flow/answers/keep-typed-note.ts';
import { receiveAnswer } from '../../../src/flow/answers/receive-answer.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import { showBoard } from '../../../src/flow/show/show-board.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import type { Message } from '../../support/memory-slack.ts';
import { ANA, BEN, Office } from '../../support/office.ts';
import { useStore } from '../../support/test-store.ts';

const store = useStore();
const won = { account: { name: 'Acme' }, status: 'won' as const };
const brightwater = { account: { name: 'Bright & Water' }, dealId: 'D-2' };

describe('a note', () => {
  it('that was edited says its latest words, in whatever order they are told', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate(won));
    const at = (second: number) => new Date(office.clock.now().getTime() - (10 - second) * 1_000);
    const words = ['They want it', 'They want two', 'They want three'];
    for (const second of [1, 2, 0]) await written(office, words[second] ?? '', 'one', at(second));
    expect(await notesOf(office, 'Acme')).toEqual(['They want three']);
    expect(await written(office, 'They want two', 'one', at(1))).toMatchObject({ again: true });
    await written(office, 'Kim is away', 'another', at(3));
    expect(await notesOf(office, 'Acme')).toEqual(['Kim is away', 'They want three']);
  });

  it('joins the account that its new words name, and leaves the one it was kept with', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate(won), dealUpdate(brightwater));
    expect(await written(office, 'Acme wants a demo', 'one')).toMatchObject({ account: 'Acme' });
    office.clock.pass({ minutes: 1 });
    expect(await written(office, 'Bright & Water wants a demo', 'one')).toMatchObject({
      ...{ account: 'Bright & Water', isEdit: true },
    });
    expect(await notesOf(office, 'Acme')).toEqual([]);
    expect(await notesOf(office, 'Bright & Water')).toEqual(['Bright & Water wants a demo']);
  });

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

  it('in the thread of an older message goes to the account that one asked about', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate(won));
    office.clock.pass({ hours: 1 });
    await office.receive(dealUpdate({ ...brightwater, status: 'won' }));
    const [older, latest] = office.slack.ledger;
    expect(await replied(office, 'They see it', older!)).toMatchObject({ account: 'Acme' });
    expect(await replied(office, 'They too', latest!)).toMatchObject({ account: 'Bright & Water' });
    expect(await notesOf(office, 'Acme')).toEqual(['They see it']);
  });

  it('whose client is picked afterwards is that one note, and is edited as one', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate(won), dealUpdate(brightwater));
    expect(await unclear(office, 'A good talk')).toMatchObject({ account: null });
    await picked(office, 'A good talk');
    expect(await notesOf(office, 'Acme')).toEqual(['A good talk']);
    expect(await unclear(office, 'A good, long talk')).toMatchObject({ account: 'Acme', isEdit: true });
    expect(await notesOf(office, 'Acme')).toEqual(['A good, long talk']);
  });

  it('that was edited before its client was picked says its latest words', async () => {
    const office = await Office.open(store());
    await office.receive(dealUpdate(won), dealUpdate(brightwater));
    await unclear(office, 'A good talk');
    await unclear(office, 'A good, long talk');
    expect(await picked(office, 'A good talk')).toMatchObject({ text: 'A good, long talk' });
    expect(await notesOf(office, 'Acme')).toEqual(['A good, long talk']);
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

/** `ts` is the message's, `writtenAt` when these words of it were written. */
async function written(office: Office, text: string, ts = text, writtenAt = office.clock.now()) {
  return await keepNote(office.flow, {
    ...{ ...anaIn(office), channelId: 'D1', ts, threadTs: null, text, writtenAt, key: `note:${text}` },
  });
}

/** In a thread of which nobody knows what it is about. */
async function unclear(office: Office, text: string) {
  office.clock.pass({ minutes: 1 });
  const said = { text, writtenAt: office.clock.now(), key: `note:${text}` };
  return await keepNote(office.flow, {
    ...{ ...anaIn(office), channelId: 'D1', ts: '7.1', threadTs: '0.1', ...said },
  });
}

/** The client is picked from the buttons under the answer to a note. */
async function picked(office: Office, text: string) {
  office.clock.pass({ minutes: 1 });
  const note = { text, message: 'D1:7.1', key: 'picked' };
  return await keepTypedNote(office.flow, { ...anaIn(office), client: { name: 'Acme' }, ...note });
}

async function replied(office: Office, text: string, { channelId, ts: threadTs }: Message) {
  const written = { ts: text, text, writtenAt: office.clock.now(), key: `note:${text}` };
  return await keepNote(office.flow, { ...anaIn(office), channelId, threadTs, ...written });
}

async function notesOf(office: Office, name: string): Promise<string[]> {
  const shown = await showAccount(office.flow, { ...anaIn(office), client: { name }, limit: 10 });
  return shown.kind === 'found' ? shown.view.notes.map(({ text }) => text) : [];
}
