import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import {
  needHeardMessage,
  promptTimeSetMessage,
  wonMessage,
} from '../../../src/slack/command/command-answers.ts';
import { SUBCOMMANDS } from '../../../src/slack/command/command-table.ts';
import { helpMessage, unknownMessage, whichMessage, withTyped } from '../../../src/slack/command/help.ts';
import type { Message } from '../../../src/slack/kit/text.ts';
import { anyBoard, anyText } from '../any-view.ts';

describe('what a command answers', () => {
  it('explains itself in a few lines', () => {
    expect(helpMessage(SUBCOMMANDS)).toMatchSnapshot();
  });

  it('says why the questions come at another time than was wished', () => {
    const set = { nextAt: new Date('2026-11-24T08:00:00Z'), timeZone: 'Europe/Berlin' };
    const kept = "From now on your day's questions come at 09:00, in one message.";
    expect(promptTimeSetMessage(set, { promptAt: 9 * 60 }).text).toBe(kept);
    expect(promptTimeSetMessage(set, { promptAt: 7 * 60 + 30 }).text).toBe(
      `${kept} I write within your working hours only, and that is the nearest.`,
    );
  });

  it('says what becomes of a need that is kept', () => {
    const { text } = needHeardMessage('Acme', { words: 'A second line' }, '2026-11-23');
    expect(text).toBe("Kept for *Acme*: “A second line”\nI'll offer it when I ask what comes next.");
  });

  it('offers a button for each engagement that may have been won', () => {
    fc.assert(
      fc.property(anyBoard, ({ doors }) => {
        const message = wonMessage({ kind: 'which', doors });
        expect(isTaken(message)).toBe(true);
        const buttons = message.blocks.filter((block) => 'accessory' in block);
        const counted = /and (\d+) more/.exec(JSON.stringify(message.blocks.at(-1)))?.[1] ?? 0;
        expect(buttons.length + Number(counted)).toBe(doors.length);
      }),
      { numRuns: 30 },
    );
  });

  it('is taken by Slack whatever was typed and whatever the accounts are called', () => {
    const texts = fc.array(anyText, { maxLength: 40 });
    fc.assert(
      fc.property(anyText, texts, (text, names) => {
        const need = { words: text, estimate: { value: '20000', currency: 'EUR' }, neededOn: '2027-01-15' };
        const account = { id: 'a1', name: text };
        const messages = [
          unknownMessage(text, names),
          unknownMessage(text, names, text),
          whichMessage(names),
          needHeardMessage(text, need, '2026-11-23'),
          withTyped(unknownMessage(text, names), `need ${text} x`),
          wonMessage({ kind: 'taken', account, amount: null, prompt: null, isNew: true }),
          wonMessage({ kind: 'already_in', account: text }),
        ];
        expect(messages.every(isTaken)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

function isTaken({ text, blocks }: Message): boolean {
  checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
  return text.length > 0 && text.length <= 4_000;
}
