import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aboutPrompt, readAbout, readInputs } from '../../../src/slack/kit/form.ts';
import {
  bringForm,
  caughtForm,
  dropNeedForm,
  laterForm,
  lostForm,
  wonForm,
} from '../../../src/slack/prompt/answer-modal.ts';
import { beginForm, beginNeedForm } from '../../../src/slack/prompt/begin-modal.ts';
import { nextForm } from '../../../src/slack/prompt/next-modal.ts';
import { promiseForm } from '../../../src/slack/prompt/promise-modal.ts';
import { verificationForm } from '../../../src/slack/prompt/verification-modal.ts';
import { anyPrompt, prompt } from '../any-prompt.ts';
import { anyText } from '../any-view.ts';
import { acceptedBySlack, here, read } from '../forms.ts';

const forms = [
  caughtForm,
  wonForm,
  lostForm,
  laterForm,
  verificationForm,
  nextForm,
  promiseForm,
  bringForm,
  dropNeedForm,
  beginForm,
  beginNeedForm,
];
const pages = ['first', 'more', 'need:0', 'need:3', 'nowhere'];

const sees = fc.constantFrom('yes', 'partly', 'not_yet', undefined);

describe('every form', () => {
  for (const form of forms) {
    it(`${form.callbackId} looks as it did`, () => {
      expect(form.draw(prompt(), aboutPrompt(prompt()), here, {})).toMatchSnapshot();
    });

    it(`${form.callbackId} is taken by Slack whatever comes in, and whatever was typed`, () => {
      fc.assert(
        fc.property(anyPrompt, fc.constantFrom(...pages), sees, anyText, (about, page, seen, typed) => {
          const filled = {
            ...(seen === undefined ? {} : { sees: seen }),
            who: typed,
            words: typed,
            reason: typed,
            note: typed,
            need_0_words: typed,
            amount: typed,
          };
          const view = acceptedBySlack(form.draw(about, { ...aboutPrompt(about), page }, here, filled));
          const inputs = view.blocks.filter(({ type }) => type === 'input');
          expect(inputs.length).toBeLessThanOrEqual(5);
        }),
        { numRuns: 40 },
      );
    });

    it(`${form.callbackId} carries the prompt it answers`, () => {
      const about = aboutPrompt(prompt());
      expect(readAbout(form.draw(prompt(), about, here, {}).private_metadata ?? '')).toEqual(about);
    });
  }

  it('keeps what was typed on a page when it comes back to it', () => {
    const typed = { need_1_words: 'A second line', need_1_estimate: '20k', need_1_on: '2027-01-04' };
    const about = { ...aboutPrompt(prompt()), page: 'need:1' };
    const view = JSON.stringify(acceptedBySlack(nextForm.draw(prompt(), about, here, typed)));
    for (const text of Object.values(typed)) expect(view).toContain(text);
    expect(view).toContain('form_page:first');
  });
});

describe('what Slack sends of a form', () => {
  it('is read by block, without what was left empty', () => {
    const values = {
      who: { value: { type: 'plain_text_input', value: ' Dana ' } },
      words: { value: { type: 'plain_text_input', value: '   ' } },
      promised: { value: { type: 'plain_text_input', value: null } },
      held_on: { value: { type: 'datepicker', selected_date: '2026-11-20' } },
      sees: {
        value: {
          type: 'radio_buttons',
          selected_option: { value: 'yes', text: { type: 'plain_text', text: 'Yes' } },
        },
      },
      step: { value: { type: 'static_select', selected_option: null } },
    };
    expect(readInputs(values)).toEqual({ who: 'Dana', held_on: '2026-11-20', sees: 'yes' });
  });

  it('is nothing when it is no view state', () => {
    expect(readInputs({ who: 'Dana' })).toEqual({});
  });
});

describe('a need that was caught', () => {
  it('moves the engagement on', () => {
    const typed = { need_0_words: 'A second line', need_0_estimate: '20,000 EUR', need_0_on: '2027-01-15' };
    expect(read(caughtForm, typed)).toEqual({
      answer: {
        kind: 'moved',
        to: 'develop',
        needs: [
          { words: 'A second line', estimate: { value: '20000', currency: 'EUR' }, neededOn: '2027-01-15' },
        ],
      },
    });
  });

  it('is asked for when the form is empty', () => {
    expect(read(caughtForm, {})).toEqual({
      errors: { need_0_words: 'What do they need? A few words are enough.' },
    });
  });

  it('has its faults named where they are', () => {
    const typed = { need_0_estimate: 'about 4514', need_1_words: 'b', need_1_on: '2026-11-22' };
    expect(read(caughtForm, typed)).toEqual({
      errors: {
        need_0_words: 'What do they need? A few words are enough.',
        need_0_estimate: expect.stringContaining('Write it like 4,514.00'),
        need_1_on: 'That day has passed. Pick today or later.',
      },
    });
  });
});

describe('a win', () => {
  it('may leave the amount open', () => {
    expect(read(wonForm, {})).toEqual({ answer: { kind: 'won', amount: undefined } });
  });

  it('takes the amount in the currency of the workspace unless another is named', () => {
    expect(read(wonForm, { amount: '4,514.00' })).toEqual({
      answer: { kind: 'won', amount: { value: '4514.00', currency: 'USD' } },
    });
  });

  it('refuses an amount that could mean two things', () => {
    expect(read(wonForm, { amount: '4.514' })).toEqual({
      errors: { amount: expect.stringContaining('Is 4.514 meant as 4514 or as 4.51?') },
    });
  });

  it('offers the amount of the deal', () => {
    const view = JSON.stringify(wonForm.draw(prompt(), aboutPrompt(prompt()), here, {}));
    expect(view).toContain('"initial_value":"4,514 USD"');
  });
});

describe('a loss', () => {
  it('needs the reason', () => {
    expect(read(lostForm, { return_on: '2027-01-04' })).toEqual({
      errors: { reason: 'What was the reason? A few words are enough.' },
    });
  });

  it('may name the day to come back', () => {
    expect(read(lostForm, { reason: 'No budget', return_on: '2027-01-04' })).toEqual({
      answer: { kind: 'lost', reason: 'No budget', returnOn: '2027-01-04' },
    });
  });
});

describe('not yet', () => {
  it('needs a day', () => {
    expect(read(laterForm, { note: 'They move house' })).toEqual({ errors: { on: 'Which day? Pick one.' } });
  });

  it('refuses a day that has passed', () => {
    expect(read(laterForm, { on: '2026-11-22' })).toEqual({
      errors: { on: 'That day has passed. Pick today or later.' },
    });
  });

  it('keeps what to bear in mind', () => {
    expect(read(laterForm, { on: '2026-11-23', note: 'They move house' })).toEqual({
      answer: { kind: 'later', on: '2026-11-23', note: 'They move house' },
    });
  });
});

it('what will be brought is asked with what was said of it in the form, to be changed there', () => {
  const asked = prompt({ question: 'develop', bring: 'a demo of the new line' });
  const drawn = (filled: Record<string, string>) =>
    JSON.stringify(acceptedBySlack(bringForm.draw(asked, aboutPrompt(asked), here, filled)));
  expect(drawn({})).toContain('"initial_value":"a demo of the new line"');
  expect(drawn({ what: 'two demos' })).toContain('"initial_value":"two demos"');
});
