import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { promptTimeSetMessage } from '../../../src/slack/command/command-answers.ts';
import { SUBCOMMANDS } from '../../../src/slack/command/command-table.ts';
import { helpMessage, meantMessage, withTyped } from '../../../src/slack/command/help.ts';
import type { Message } from '../../../src/slack/kit/text.ts';
import { askBack } from '../../../src/slack/typed/ask-back.ts';
import { needHeardMessage, wonMessage } from '../../../src/slack/typed/sentences.ts';
import { anyText } from '../any-view.ts';

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

  it('says what becomes of a need', () => {
    const { text } = needHeardMessage('Acme', { words: 'A second line' }, '2026-11-23');
    expect(text).toBe("*Acme* needs: “A second line”\nI'll offer it when I ask what comes next.");
  });

  it('is taken by Slack whatever was typed and whatever the accounts are called', () => {
    const texts = fc.array(anyText, { maxLength: 40 });
    fc.assert(
      fc.property(anyText, texts, (text, names) => {
        const need = { words: text, estimate: { value: '20000', currency: 'EUR' }, neededOn: '2027-01-15' };
        const account = { id: '01980000-0000-7000-8000-000000000000', name: text };
        const reading = { name: text, said: { do: 'need' as const, ...need } };
        const options = names.map((name) => ({
          client: { id: account.id },
          account: { ...account, name, latest: null },
          reading,
        }));
        const fresh = { client: { name: text, isNew: true as const }, reading };
        const taken = { kind: 'taken' as const, account, amount: null, prompt: null, isMended: false };
        const messages = [
          meantMessage(text, text),
          needHeardMessage(text, need, '2026-11-23'),
          withTyped(meantMessage(text, text), `need ${text} x`),
          askBack('command:1', { kind: 'unknown', name: text }, [...options, fresh]),
          askBack('command:1', { kind: 'which', name: text }, options),
          askBack('command:1', { kind: 'whose' }, []),
          wonMessage({ ...taken, isNew: true }),
          wonMessage({ kind: 'already_in', account }),
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
