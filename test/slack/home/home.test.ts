import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkView } from '../../../src/sandbox/stand-in/check.ts';
import { homeView } from '../../../src/slack/home/draw.ts';
import { anyPrompt } from '../any-prompt.ts';
import { anyDesk } from '../any-view.ts';

describe('the Home tab', () => {
  it('is taken by Slack whatever stands on the desk, and ends in how to go on', () => {
    fc.assert(
      fc.property(anyDesk(anyPrompt), (desk) => {
        const view = homeView(desk);
        checkView(JSON.parse(JSON.stringify(view)), 'home');
        expect(JSON.stringify(view.blocks.at(-1))).toContain('/whatsnext help');
      }),
      { numRuns: 40 },
    );
  });

  it('leads from the page to all that stands open', () => {
    fc.assert(
      fc.property(anyDesk(anyPrompt), (desk) => {
        const { doors, offset, total } = desk.board;
        const more = /Show (\d+) more/.exec(JSON.stringify(homeView(desk)))?.[1] ?? 0;
        expect(offset + doors.length + Number(more)).toBe(total);
      }),
      { numRuns: 20 },
    );
  });
});
