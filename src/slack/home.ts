import type { types } from '@slack/bolt';
import type { BoardView } from '../flow/views.ts';
import { boardMessage } from './board.ts';

/** The Home tab: the rep's open doors, or how to begin. A message's limits are the narrower ones, so it fits. */
export function homeView(board: BoardView): types.HomeView {
  return { type: 'home', blocks: boardMessage(board).blocks };
}
