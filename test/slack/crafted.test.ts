import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutPrompt, readAbout, readInputs } from '../../src/slack/kit/form.ts';
import { isId, promptOfBlock } from '../../src/slack/kit/ids.ts';
import { readWritten } from '../../src/slack/note/written.ts';
import { caughtForm, laterForm, lostForm, wonForm } from '../../src/slack/prompt/answer-modal.ts';
import { nextForm } from '../../src/slack/prompt/next-modal.ts';
import { verificationForm } from '../../src/slack/prompt/verification-modal.ts';
import { prompt } from './any-prompt.ts';
import { acceptedBySlack, here } from './forms.ts';

const forms = [caughtForm, wonForm, lostForm, laterForm, verificationForm, nextForm];
const about = aboutPrompt(prompt());

/** CPU milliseconds: what other programs do meanwhile is not counted. */
const COSTS_AT_MOST_MS = 250;

function cheap<T>(work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(COSTS_AT_MOST_MS);
  return result;
}

/** As long as Slack lets any text be, and as unkind to patterns. */
const long = fc
  .tuple(fc.constantFrom('1', '1,', '1 ', '.', ' ', 'a', '-', '€1', 'need:', '9'.repeat(50)), fc.nat(3_000))
  .map(([unit, length]) => unit.repeat(length).slice(0, 3_000));
const anything = fc.oneof(
  long,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('heard:0', 'heard:9', 'heard:1e9'),
);

describe('what a form carries', () => {
  it.each([
    { ...about, page: 'x'.repeat(21) },
    { ...about, page: 7 },
    { ...about, isDrafted: 'yes' },
    { ...about, needId: "' or 1=1" },
    { ...about, promptId: "' or 1=1" },
    { ...about, timeZone: 'Nowhere/Atall' },
    { ...about, currency: 'dollars' },
    {},
    null,
  ])('is none of ours when it is %j', (crafted) => {
    expect(readAbout(JSON.stringify(crafted))).toBeNull();
  });

  it('is ours or nothing, and what is ours can be drawn, whatever comes in', () => {
    const field = fc.oneof(fc.jsonValue(), long);
    const crafted = fc.record(
      {
        promptId: fc.oneof(fc.uuid(), field),
        timeZone: fc.oneof(fc.constant('UTC'), field),
        currency: fc.oneof(fc.constant('EUR'), field),
        page: fc.oneof(fc.constantFrom('first', 'more', 'need:0', 'need:9'), field),
      },
      { requiredKeys: [] },
    );
    const texts = fc.oneof(
      crafted.map((it) => JSON.stringify(it)),
      fc.json(),
      anything,
    );
    fc.assert(
      fc.property(texts, fc.constantFrom(...forms), (text, form) => {
        const read = cheap(() => readAbout(text));
        if (read !== null) acceptedBySlack(cheap(() => form.draw(prompt(), read, here, {})));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is entered', () => {
  const names = [
    ...['who', 'sees', 'words', 'measure', 'unit', 'promised', 'held_on', 'step', 'return_on', 'on', 'note'],
    ...['amount', 'reason', 'need_0_words', 'need_0_estimate', 'need_0_on', 'need_1_estimate'],
  ];
  const state = fc.oneof(
    fc.record({ value: anything }),
    fc.record({ selected_date: anything }),
    fc.jsonValue(),
  );
  const values = fc.oneof(
    fc.dictionary(fc.constantFrom(...names), fc.dictionary(fc.constant('value'), state)),
    fc.dictionary(fc.string(), fc.dictionary(fc.string(), state)),
    fc.jsonValue(),
  );

  it('is read into an answer or into words under inputs that the form has, whatever it is', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(...forms), (given, form) => {
        const typed = readInputs(given);
        const read = cheap(() => form.read(typed, about, here.today));
        if (!('errors' in read)) return;
        for (const blockId of Object.keys(read.errors)) {
          const page = form.pageOf?.(blockId) ?? about.page;
          const { blocks } = form.draw(prompt(), { ...about, page }, here, typed);
          expect(blocks.map(({ block_id }) => block_id)).toContain(blockId);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is clicked and said', () => {
  it('belongs to a prompt of ours or to none, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          anything.map((text) => `prompt:${text}:ask`),
        ),
        (blockId) => {
          const promptId = cheap(() => promptOfBlock(blockId));
          expect(promptId === null || isId(promptId)).toBe(true);
        },
      ),
    );
    const id = prompt().promptId;
    expect(promptOfBlock(`prompt:${id}:ask`)).toBe(id);
  });

  it('is a message that a person wrote or none, whatever it is', () => {
    const event = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          channel: fc.constant('D1'),
          channel_type: fc.constantFrom('im', 'channel'),
          subtype: fc.constantFrom('message_changed', 'me_message', 'channel_join'),
          user: fc.oneof(fc.constant('U1'), fc.jsonValue()),
          text: fc.oneof(anything, fc.jsonValue()),
          ts: fc.oneof(fc.constant('1.1'), anything),
          message: fc.jsonValue(),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(event, (given) => {
        const written = cheap(() => readWritten(given));
        if (written !== null) expect(written.writtenAt.getTime()).not.toBeNaN();
      }),
      { numRuns: 500 },
    );
  });
});
