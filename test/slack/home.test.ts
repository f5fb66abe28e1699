import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkView } from '../../src/sandbox/stand-in/check.ts';
import { boardMessage } from '../../src/slack/board.ts';
import { homeView } from '../../src/slack/home.ts';
import { anyBoard } from './any-view.ts';

describe('the Home tab', () => {
  it('is the board, and is taken by Slack whatever the doors are called', () => {
    fc.assert(
      fc.property(anyBoard, (board) => {
        const view = homeView(board);
        checkView(JSON.parse(JSON.stringify(view)), 'home');
        expect(view.blocks).toEqual(boardMessage(board).blocks);
      }),
      { numRuns: 40 },
    );
  });
});
