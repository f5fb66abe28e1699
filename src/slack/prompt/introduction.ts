import type { types } from '@slack/bolt';
import type { HolidaysView } from '../../flow/show/views.ts';
import { ACTION } from '../kit/ids.ts';
import { BUTTON_TEXT } from '../kit/limits.ts';
import { divider, plain, section } from '../kit/text.ts';
import { holidaysIn } from '../settings/sentences.ts';

const WHO =
  "Hello, I'm What's Next. After each order I ask you what comes next, so that nothing that your clients need, or were promised, gets lost.";
const HOW =
  'I write in your working hours only, a few questions a day. The menu beside each puts it off; `/whatsnext away until Friday` keeps me quiet, and `/whatsnext settings` has your hours and days.';

/** Over the first DM that a rep ever gets: who this is, why, and how to be left alone. */
export function introduction({ holidays }: { holidays: HolidaysView }, timeZone: string): types.KnownBlock[] {
  const settings: types.Button = {
    type: 'button',
    action_id: ACTION.openSettings,
    text: plain('Settings…', BUTTON_TEXT),
  };
  return [section(`${WHO}\n${HOW}\n*Public holidays:* ${holidaysIn(holidays, timeZone)}`, settings), divider];
}
