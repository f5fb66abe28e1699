import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES, type Rule } from '../../../src/domain/asking/rules.ts';
import type { Answer } from '../../../src/domain/cycle/answer.ts';
import type { Question } from '../../../src/domain/cycle/stage.ts';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { ACTION, promptOfBlock } from '../../../src/slack/kit/ids.ts';
import { afterwards } from '../../../src/slack/prompt/outcome.ts';
import { drawBundle } from '../../../src/slack/prompt/prompt.ts';
import { whyInFull } from '../../../src/slack/prompt/why.ts';
import { anyAnswer, anyBundle, anyPrompt, bundle, prompt } from '../any-prompt.ts';

const here = { timeZone: 'Europe/Lisbon', today: '2026-11-23' };
const earlier = new Date('2026-11-09T10:00:00Z');
const need = {
  id: 'n1',
  words: 'A second line before spring',
  estimate: null,
  neededOn: null,
  outcome: 'open' as const,
  heardAt: earlier,
};
const asked: [Question, Rule][] = [
  ['discover', 'in_stage'],
  ['develop', 'in_stage'],
  ['deliver', 'in_stage'],
  ['close', 'named_date'],
  ['verify', 'on_close'],
  ['next', 'after_verification'],
  ['return', 'return'],
];

describe('a bundle', () => {
  for (const [question, rule] of asked) {
    it(`asks the question of ${question} with its answers`, () => {
      const since = rule === 'on_close' ? new Date('2026-11-23T09:10:00Z') : earlier;
      const view = bundle([prompt({ question, rule, since, needs: [need] })]);
      expect(drawBundle(view)).toMatchSnapshot();
    });
  }

  it('shows what was answered, by whom and when, and what moved on', () => {
    const answered = (answer: Answer, took?: string) =>
      prompt({
        promptId: `p-${answer.kind}-${took ?? ''}`,
        state: {
          kind: 'answered',
          answerId: '0198c0de-0000-7000-8000-00000000a001',
          answer,
          at: new Date('2026-11-23T11:00:00Z'),
          by: 'Ana Lima',
          ...(took === undefined ? {} : { took }),
        },
      });
    const verification = { who: 'Dana', seesValue: 'partly' as const, words: 'Faster', heldOn: '2026-11-20' };
    const drawn = drawBundle(
      bundle([
        answered({ kind: 'moved', to: 'close', askOn: '2026-11-30' }),
        answered({ kind: 'won', amount: { value: '4514.50', currency: 'EUR' } }),
        answered({ kind: 'lost', reason: 'No budget', returnOn: '2027-03-01' }),
        answered({ kind: 'later', on: '2026-11-24' }),
        answered(
          { kind: 'verified', verification, needs: [{ words: 'x' }], next: { kind: 'engage', needId: 'n' } },
          'a second line',
        ),
        answered({ kind: 'next', needs: [] }),
        prompt({ promptId: 'p-moved', state: { kind: 'overtaken', at: new Date('2026-11-22T11:00:00Z') } }),
      ]),
    );
    expect(drawn.blocks).toMatchSnapshot();
    const offered = drawn.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(new Set(offered.map((element) => element.action_id))).toEqual(
      new Set([ACTION.undo, ACTION.change]),
    );
  });

  it('counts what waits for another day', () => {
    const text = JSON.stringify(drawBundle(bundle([prompt()], { alsoWaiting: 3 })).blocks.at(-1));
    expect(text).toContain('3 more can wait');
  });

  it('names the question in the text for notifications', () => {
    expect(drawBundle(bundle([prompt()])).text).toBe('Does Acme see what the order brought?');
  });

  it('lets nobody be mentioned by the name of an account', () => {
    const { text, blocks } = drawBundle(bundle([prompt({ account: { id: 'a', name: '<!channel> & co' } })]));
    expect(text).not.toContain('<!channel>');
    expect(JSON.stringify(blocks)).not.toContain('<!channel>');
  });

  it('is taken by Slack whatever comes in', () => {
    fc.assert(
      fc.property(anyBundle, (view) => {
        const { text, blocks } = drawBundle(view);
        checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
        expect(text.length).toBeLessThanOrEqual(4_000);
        expect(text).not.toBe('');
      }),
    );
  });

  const introduced = { introduction: { holidays: { chosen: null, place: null, isUnknown: true } } };
  it.for([
    ['anybody', {}],
    ['whoever gets the first', introduced],
  ] as const)('has room for seven prompts with long names and many needs for %s', ([, change]) => {
    const long = 'Ä'.repeat(300);
    const needs = Array.from({ length: 100 }, (_, index) => ({
      ...need,
      id: `${index}`.repeat(36),
      words: long,
    }));
    const prompts = Array.from({ length: 7 }, (_, index) =>
      prompt({
        promptId: `0190a000-0000-7000-8000-00000000000${index}`,
        question: 'next',
        rule: 'after_verification',
        account: { id: 'a', name: long },
        needs,
      }),
    );
    const { blocks } = drawBundle(bundle(prompts, change));
    const drawn = new Set(blocks.map((block) => promptOfBlock(block.block_id ?? '')).filter(Boolean));
    expect([...drawn]).toEqual(prompts.map(({ promptId }) => promptId));
  });
});

describe('why a question is asked', () => {
  for (const rule of RULES) {
    it(`is told in full for the rule ${rule}`, () => {
      const question = asked.find(([, by]) => by === rule)?.[0] ?? 'deliver';
      expect(whyInFull(prompt({ rule, question, since: earlier }), here)).toMatchSnapshot();
    });
  }

  it('names the next day once it has been asked, and never one to come as past', () => {
    const dueAt = new Date('2026-12-08T09:00:00Z');
    const question = 'deliver' as const;
    const again = whyInFull(prompt({ question, rule: 'in_stage', since: earlier, asked: 1, dueAt }), here);
    expect(again).toMatch(/Without an answer I'll ask again on Tue 8 Dec\.$/);
    const named = whyInFull(prompt({ question, rule: 'named_date', since: earlier, asked: 0, dueAt }), here);
    expect(named).toBe("On Mon 9 Nov the day to ask about Acme was named. I'll ask on Tue 8 Dec.");
  });

  it('calls no other day the one that was named', () => {
    const lineOn = (dueAt: string, asked: number) => {
      const named = prompt({
        question: 'close',
        rule: 'named_date',
        since: earlier,
        asked,
        dueAt: new Date(dueAt),
      });
      return JSON.stringify(drawBundle(bundle([named])).blocks);
    };
    expect(lineOn('2026-11-23T09:00:00Z', 0)).toContain('The day you named has come');
    expect(lineOn('2026-11-25T09:00:00Z', 1)).toContain('The day you named has come');
    expect(lineOn('2026-11-30T09:00:00Z', 0)).toContain('Waits until Mon 30 Nov');
  });

  it('speaks of no long silence before the knock on a door is due', () => {
    const change = { question: 'return' as const, rule: 'return' as const, engagement: null };
    const early = prompt({ ...change, dueAt: new Date('2027-02-23T09:00:00Z') });
    const { text, blocks } = drawBundle(bundle([early]));
    expect(text).toBe("What's next at Acme?");
    expect(JSON.stringify(blocks)).toContain('The next knock is on Tue 23 Feb 2027');
    expect(drawBundle(bundle([prompt({ ...change, since: earlier })])).text).toContain('It has been a while');
  });

  it('names the day in the zone of the rep', () => {
    const since = new Date('2026-11-22T23:30:00Z');
    const inAuckland = { timeZone: 'Pacific/Auckland', today: '2026-11-23' };
    expect(whyInFull(prompt({ since }), inAuckland)).toContain('Acme closed today');
    expect(whyInFull(prompt({ since }), here)).toContain('Acme closed yesterday');
  });
});

describe('what is said once an answer is kept', () => {
  it('is never empty and never longer than a block', () => {
    fc.assert(
      fc.property(anyAnswer, anyPrompt, fc.option(anyPrompt, { nil: null }), (answer, about, next) => {
        const said = afterwards(answer, about, next, here);
        expect(said).not.toBe('');
        expect(said.length).toBeLessThan(3_000);
      }),
    );
  });

  it('says when the next question comes', () => {
    const next = prompt({ question: 'close', dueAt: new Date('2026-11-30T09:00:00Z') });
    const said = afterwards({ kind: 'moved', to: 'close' }, prompt({ question: 'deliver' }), next, here);
    expect(said).toBe("On Mon 30 Nov I'll ask what Acme answered.");
  });

  it('says when the engagement that has begun is asked about', () => {
    const next = prompt({ question: 'develop', dueAt: new Date('2026-12-07T09:00:00Z') });
    const answer = { kind: 'next' as const, needs: [], step: { kind: 'engage' as const, needId: 'n1' } };
    expect(afterwards(answer, prompt({ question: 'next' }), next, here)).toBe(
      "The next order with Acme has begun. On Mon 7 Dec I'll ask what you'll bring to Acme.",
    );
  });

  it('meets a loss with the day to come back', () => {
    const next = prompt({ question: 'return', dueAt: new Date('2027-03-01T09:00:00Z') });
    const said = afterwards({ kind: 'lost', reason: 'No budget' }, prompt({ question: 'close' }), next, here);
    expect(said).toBe('On Mon 1 Mar 2027 you come back to Acme.');
  });
});

it('what a rep said that they will bring is in sight when it is asked again', () => {
  const text = (bring: string | null) => drawBundle(bundle([prompt({ question: 'develop', bring })])).text;
  expect(text('a <demo>')).toBe('You wanted to bring Acme “a &lt;demo&gt;”. Have you brought it?');
  expect(text(null)).toBe('What will you bring to Acme, and when?');
});
