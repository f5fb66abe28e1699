import { describe, expect, it } from 'vitest';
import type { NeedView } from '../../../src/flow/show/views.ts';
import { aboutPrompt } from '../../../src/slack/kit/form.ts';
import { nextForm } from '../../../src/slack/prompt/next-modal.ts';
import { verificationForm } from '../../../src/slack/prompt/verification-modal.ts';
import { prompt } from '../any-prompt.ts';
import { acceptedBySlack, here, read } from '../forms.ts';

const story = {
  who: 'Dana',
  sees: 'yes',
  words: 'We ship a day earlier',
  held_on: '2026-11-20',
  step: 'later',
};
const verification = {
  who: 'Dana',
  seesValue: 'yes',
  words: 'We ship a day earlier',
  measure: undefined,
  promised: undefined,
  heldOn: '2026-11-20',
};

describe('a verification', () => {
  it('does the whole turn in one go', () => {
    const typed = {
      ...story,
      measure: '12.5',
      unit: 'hours a week',
      promised: 'A training',
      need_0_words: 'Somebody at night',
      need_1_words: 'A second line',
      need_1_estimate: '20000',
      step: 'heard:1',
    };
    expect(read(verificationForm, typed)).toEqual({
      answer: {
        kind: 'verified',
        verification: {
          ...verification,
          measure: { value: '12.5', unit: 'hours a week' },
          promised: 'A training',
        },
        needs: [
          { words: 'Somebody at night', estimate: undefined, neededOn: undefined },
          { words: 'A second line', estimate: { value: '20000', currency: 'USD' }, neededOn: undefined },
        ],
        next: { kind: 'engage_heard', index: 1 },
      },
    });
  });

  it('may be the story alone, with what comes next decided later', () => {
    expect(read(verificationForm, story)).toEqual({
      answer: { kind: 'verified', verification, needs: [], next: undefined },
    });
  });

  it('counts the need it begins from among those that were heard, not among the rows', () => {
    const typed = { ...story, need_1_words: 'A second line', step: 'heard:1' };
    expect(read(verificationForm, typed)).toMatchObject({
      answer: { next: { kind: 'engage_heard', index: 0 } },
    });
  });

  it('may begin from a need that was open before', () => {
    const needId = '0190a000-0000-7000-8000-000000000007';
    expect(read(verificationForm, { ...story, step: `need:${needId}` })).toMatchObject({
      answer: { next: { kind: 'engage', needId } },
    });
  });

  it('may come back on a date', () => {
    expect(read(verificationForm, { ...story, step: 'return', return_on: '2027-03-01' })).toMatchObject({
      answer: { next: { kind: 'return', on: '2027-03-01' } },
    });
  });

  it('asks for everything that is missing, each where it is', () => {
    expect(read(verificationForm, {})).toEqual({
      errors: {
        sees: 'Do they see it? “Not yet” is an answer too.',
        words: 'What did they say? A few of their words are enough.',
      },
    });
  });

  it.each([
    [{ ...story, measure: '12' }, { unit: '12 of what?' }],
    [{ ...story, unit: 'hours' }, { measure: 'How many hours?' }],
    [{ ...story, measure: '1.23456', unit: 'hours' }, { measure: expect.stringContaining('four digits') }],
    [{ ...story, held_on: '2026-11-24' }, { held_on: 'That day is still to come. When was it?' }],
    [
      { ...story, step: 'heard:0' },
      { need_0_words: 'You begin from this need: what is it, in their words?' },
    ],
    [{ ...story, step: 'return' }, { return_on: 'On which day do you come back?' }],
    [
      { ...story, return_on: '2027-03-01' },
      { step: 'You picked a day to come back. Choose “Come back on a day”, or clear the day.' },
    ],
    [
      { ...story, step: 'return', return_on: '2026-11-22' },
      { return_on: 'That day has passed. Pick today or later.' },
    ],
  ])('says what does not fit, in plain words: %#', (typed, errors) => {
    expect(read(verificationForm, typed)).toEqual({ errors });
  });

  it.each([
    ['partly', '2026-12-01'],
    ['not_yet', undefined],
  ])('seen %s asks what will be done about it, and by when', (sees, by) => {
    const page = (filled: Record<string, string>) =>
      JSON.stringify(verificationForm.draw(prompt(), aboutPrompt(prompt()), here, filled));
    expect(page({ sees })).toContain('repair_what');
    expect(page({ sees })).not.toContain('"step"');
    expect(page({ sees: 'yes' })).not.toContain('repair_what');
    const typed = { sees, words: 'It is slow', repair_what: 'A training', ...(by && { repair_by: by }) };
    expect(read(verificationForm, typed)).toMatchObject({
      answer: { kind: 'verified', repair: { what: 'A training', by } },
    });
    expect(read(verificationForm, { sees, words: 'It is slow' })).toEqual({
      errors: { repair_what: 'What will you do about it? A few words are enough.' },
    });
  });

  it('has who spoke for the client last filled in', () => {
    const about = prompt({ contact: 'Dana Reed' });
    const page = { ...aboutPrompt(about), page: 'more' };
    expect(JSON.stringify(verificationForm.draw(about, page, here, {}))).toContain('Dana Reed');
  });

  it('offers the open needs of the account, and no other', () => {
    const need = (id: string, outcome: NeedView['outcome']): NeedView => ({
      ...{ id, outcome, words: `need ${id}`, estimate: null, neededOn: null },
      heardAt: new Date('2026-11-01T10:00:00Z'),
    });
    const about = prompt({ needs: [need('n1', 'open'), need('n2', 'taken_up'), need('n3', 'dropped')] });
    const view = JSON.stringify(
      acceptedBySlack(verificationForm.draw(about, aboutPrompt(about), here, { sees: 'yes' })),
    );
    expect(view).toContain('Begin: need n1');
    expect(view).not.toContain('need n2');
    expect(view).not.toContain('need n3');
  });
});

describe('what comes next', () => {
  it('may be a need heard just now', () => {
    expect(read(nextForm, { need_0_words: 'A second line', step: 'heard:0' })).toMatchObject({
      answer: { kind: 'next', needs: [{ words: 'A second line' }], step: { kind: 'engage_heard', index: 0 } },
    });
  });

  it('may be decided later, with the need kept', () => {
    expect(read(nextForm, { need_0_words: 'A second line', step: 'later' })).toMatchObject({
      answer: { kind: 'next', needs: [{ words: 'A second line' }], step: undefined },
    });
  });

  it('names the faults of the needs and of the way on together', () => {
    expect(read(nextForm, { need_0_on: '2026-01-01', step: 'return' })).toMatchObject({
      errors: {
        need_0_words: expect.any(String),
        need_0_on: expect.any(String),
        return_on: expect.any(String),
      },
    });
  });
});

describe('what “They see it already” opens', () => {
  const drawn = (question: 'promise' | 'verify', filled = {}) => {
    const asked = prompt({ question });
    return acceptedBySlack(verificationForm.draw(asked, aboutPrompt(asked), here, filled));
  };
  const seesIn = (view: ReturnType<typeof drawn>) =>
    JSON.stringify(view.blocks.find(({ block_id }) => block_id === 'sees'));

  it('says “Yes” already, with what follows from that', () => {
    const view = drawn('promise');
    expect(seesIn(view)).toContain('"initial_option":{"text":{"type":"plain_text","text":"Yes"');
    expect(view.blocks.map(({ block_id }) => block_id)).toContain('step');
  });

  it('follows another choice all the same', () => {
    const view = drawn('promise', { sees: 'partly' });
    expect(seesIn(view)).toContain('"initial_option":{"text":{"type":"plain_text","text":"Partly"');
    expect(view.blocks.map(({ block_id }) => block_id)).toContain('repair_what');
  });

  it('says nothing beforehand where the question is whether they see it', () => {
    expect(seesIn(drawn('verify'))).not.toContain('initial_option');
  });
});
