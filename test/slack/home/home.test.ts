import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkView } from '../../../src/sandbox/stand-in/check.ts';
import { homeView } from '../../../src/slack/home/home.ts';
import { anyBoard } from '../any-view.ts';

describe('the Home tab', () => {
  it('is taken by Slack whatever the doors are called, and says how to go on', () => {
    fc.assert(
      fc.property(anyBoard, (board) => {
        const view = homeView(board);
        checkView(JSON.parse(JSON.stringify(view)), 'home');
        const last = JSON.stringify(view.blocks.at(-1));
        expect(last).toContain(board.total === 0 ? '/whatsnext won' : '/whatsnext help');
      }),
      { numRuns: 40 },
    );
  });
});
