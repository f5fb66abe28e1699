import { describe, expect, it } from 'vitest';
import type { PromptView } from '../../../src/flow/show/views.ts';
import { toldBlocks } from '../../../src/slack/joins/told-order.ts';

const HERE = { timeZone: 'UTC', today: '2026-11-25' };
const told = { at: new Date('2026-11-23T09:00:00Z'), amount: { value: '4600', currency: 'USD' } };
const prompt = {
  promptId: '01980000-0000-7000-8000-000000000000',
  question: 'verify',
  engagement: { name: 'GTX Pro', amount: { value: '4514', currency: 'USD' } },
} as PromptView;

function textOf(view: PromptView): string {
  return JSON.stringify(toldBlocks(view, HERE));
}

describe('under the question about a deal', () => {
  it('a likely order is asked about', () => {
    const drawn = textOf({ ...prompt, told: { ...told, certainty: 'likely' } });
    expect(drawn).toContain(
      'The CRM reports *GTX Pro* · 4,514 USD. Is that the order of 4,600 USD you told me on Mon 23 Nov?',
    );
    expect(drawn).toContain('Yes, the same');
  });

  it.each(['certain', 'said'] as const)('one that is %s is said, with a way out', (certainty) => {
    const drawn = textOf({ ...prompt, told: { ...told, certainty } });
    expect(drawn).toContain('This is the order of 4,600 USD you told me on Mon 23 Nov.');
    expect(drawn).toContain('Another order');
  });

  it('nothing stands where nothing was told', () => {
    expect(toldBlocks({ ...prompt, told: null }, HERE)).toEqual([]);
  });
});
