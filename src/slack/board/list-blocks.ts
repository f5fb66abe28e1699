import type { types } from '@slack/bolt';
import { section } from '../kit/text.ts';

/** Room for each list, in characters of its lines as JSON. */
const LIST_CHARACTERS = 2_200;

/** A section with as many lines as there is room for; the others, and `beyond`, are counted. Nothing without lines. */
export function listBlocks(title: string, lines: readonly string[], beyond = 0): types.KnownBlock[] {
  if (lines.length === 0) return [];
  const shown = [title];
  let room = LIST_CHARACTERS;
  for (const line of lines) {
    room -= JSON.stringify(line).length;
    if (room < 0) break;
    shown.push(line);
  }
  const hidden = lines.length - (shown.length - 1) + beyond;
  return [section([...shown, ...(hidden > 0 ? [andMore(hidden)] : [])].join('\n'))];
}

/** "and 12 more". */
export function andMore(count: number): string {
  return `and ${count} more`;
}
