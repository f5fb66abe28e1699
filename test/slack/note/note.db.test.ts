import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertAnswer, readAnswers } from '../../../src/db/cycle/answer.ts';
import { findRepBySlackUser } from '../../../src/db/who/rep.ts';
import { gatherDealUpdates } from '../../../src/flow/intake/gather-deal-updates.ts';
import { showAccount } from '../../../src/flow/show/show-account.ts';
import type { StandInMessage } from '../../../src/sandbox/stand-in/types.ts';
import { COMMAND } from '../../../src/slack/command/command.ts';
import { ACTION } from '../../../src/slack/kit/ids.ts';
import { storable } from '../../../src/slack/kit/storable.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { useStore } from '../../support/test-store.ts';
import { ANA, SlackSide } from '../slack-side.ts';

const store = useStore();
const NUL = '\0';
const HALF = '\ud83d';

async function notesOf({ flow, slack }: SlackSide): Promise<string[]> {
  const who = { workspaceId: slack.team.id, slackUserId: ANA.id };
  const shown = await showAccount(flow, { ...who, client: { name: 'Acme' }, limit: 10 });
  return shown.kind === 'found' ? shown.view.notes.map(({ text }) => text) : [];
}

async function replied({ slack, dm }: SlackSide, text: string, times = 1): Promise<void> {
  const isIt = (message: StandInMessage) => message.user === slack.botUserId && message.text.startsWith(text);
  await slack.until(`the reply: ${text}`, () => slack.messages(dm).filter(isIt).length === times);
}

async function said(side: SlackSide, text: string, how = {}): Promise<string> {
  const shown = await side.slack.say(ANA.id, side.dm, text, { threadTs: side.asked().ts, ...how });
  if (!shown.ok || shown.message === undefined) throw new Error('nothing was said');
  return shown.message.ts;
}

describe('a reply in the DM', () => {
  it.each(['thread_broadcast', 'me_message'] as const)('is kept when it is a %s', async (subtype) => {
    const side = await SlackSide.open(store());
    await said(side, 'They want a demo', { subtype });
    await replied(side, "I'll remember that about Acme.");
    expect(await notesOf(side)).toEqual(['They want a demo']);
  });

  it('that is edited says its new words, and showing a link is no edit', async () => {
    const side = await SlackSide.open(store());
    const ts = await said(side, 'They want a demo');
    await replied(side, "I'll remember that about Acme.");
    await side.slack.unfurl(side.dm, ts);
    expect(await side.slack.edit(ANA.id, side.dm, ts, 'They want two demos')).toMatchObject({ ok: true });
    await replied(side, "I'll remember it about Acme as you put it now.");
    await side.slack.unfurl(side.dm, ts);
    await side.slack.edit(ANA.id, side.dm, ts, 'They want three demos');
    await replied(side, "I'll remember it about Acme as you put it now.", 2);
    expect(await notesOf(side)).toEqual(['They want three demos']);
  });

  it('with what no database can keep is kept without it, as are forms and commands', async () => {
    const side = await SlackSide.open(store());
    await said(side, `They ${NUL}want${HALF} it`);
    await replied(side, "I'll remember that about Acme.");
    expect(await notesOf(side)).toEqual(['They want\ufffd it']);
    const kept = await side.slack.command(ANA.id, side.dm, COMMAND, `need Acme: a ${NUL}second line${HALF}`);
    expect(JSON.stringify(kept)).toContain('a second line\ufffd');
    const form = await side.openForm(ACTION.verify);
    const story = { sees: 'yes', words: `A day ${HALF}earlier${NUL}` };
    expect(await side.submit(form, story)).toMatchObject({ ok: true });
    expect(await side.drawn()).toContain('They see it: “A day \ufffdearlier”');
  });
});

describe('a reply that reads like news', () => {
  it('is kept, and becomes an order with one click', async () => {
    const side = await SlackSide.open(store());
    await said(side, 'I won Dovetail 7600');
    await replied(side, "I'll remember that about Acme. It reads like an order.");
    expect(await notesOf(side)).toEqual(['I won Dovetail 7600']);
    const message = side.slack.messages(side.dm).find(({ text }) => text.includes('reads like an order'));
    await side.slack.click(ANA.id, { channel: side.dm, ts: message?.ts ?? '' }, { actionId: 'note_news' });
    await side.whispered("I don't know “Dovetail”");
    const asked = side.slack.messages(side.dm, ANA.id).find(({ text }) => text.includes('Dovetail”. Is it'));
    await side.slack.click(ANA.id, { channel: side.dm, ts: asked?.ts ?? '' }, { actionId: 'typed_meant:0' });
    await side.whispered('Well done! The order from *Dovetail* for 7,600 USD is in.');
  });

  it('of a client that is unclear asks which, and is one note with the one that is picked', async () => {
    const side = await SlackSide.open(store());
    const deal = { dealId: 'D-2', account: { id: 'A-2', name: 'Brightwater' }, status: 'won' as const };
    await gatherDealUpdates(side.flow)(side.slack.team.id, [dealUpdate(deal)]);
    await side.jobs.runDue();
    // In a thread that begins with none of the bot's messages nothing tells which client is meant.
    const threadTs = await said(side, 'Hello', { threadTs: undefined });
    const ts = await said(side, 'A good talk about the future', { threadTs });
    await replied(side, "I'll remember that. Which client is it about?");
    const asked = side.slack.messages(side.dm).find(({ text }) => text.includes('Which client'));
    await side.slack.click(ANA.id, { channel: side.dm, ts: asked?.ts ?? '' }, { actionId: 'typed_meant:0' });
    await side.slack.until(
      'the note',
      () =>
        side.slack.messages(side.dm).some(({ text }) => text.startsWith("I'll remember that about *")) ||
        undefined,
    );
    await side.slack.edit(ANA.id, side.dm, ts, 'A long talk about the future');
    await side.slack.until('that the edit is of it', () =>
      side.slack.messages(side.dm).some(({ text }) => text.startsWith("I'll remember it about ")),
    );
  });
});

describe('what is left of a text', () => {
  const anyText = fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)), maxLength: 60 });

  it('is all that can be kept of it: the rest of Unicode stays as it was', () => {
    fc.assert(
      fc.property(anyText, fc.string({ unit: 'binary' }), (text, whole) => {
        const left = storable({ list: [text] }).list[0] ?? '';
        expect(left.isWellFormed() && !left.includes(NUL)).toBe(true);
        expect(storable(left)).toBe(left);
        expect(storable(whole)).toBe(whole.replaceAll(NUL, ''));
      }),
    );
  });

  it('comes back from the database as it went in, whatever it was', async () => {
    const side = await SlackSide.open(store());
    const workspaceId = side.slack.team.id;
    const rep = await store().read((tx) => findRepBySlackUser(tx, workspaceId, ANA.id));
    const id = fc.uuid({ version: 7 });
    await fc.assert(
      fc.asyncProperty(id, anyText, async (answerId, anything) => {
        const text = storable(anything);
        const note = { workspaceId, id: answerId, key: `${answerId}${text}`, repId: rep?.id ?? '' };
        const at = side.clock.now();
        const read = await store().transaction(async (tx) => {
          await insertAnswer(tx, { ...note, at, fact: { answer: { kind: 'note', text } } });
          return (await readAnswers(tx, workspaceId, [answerId])).get(answerId);
        });
        expect(read).toMatchObject({ key: note.key, fact: { answer: { text } } });
      }),
      { numRuns: 300 },
    );
  });
});
