import type { App } from '@slack/bolt';
import { nameKey } from '../../domain/who/name.ts';
import type { Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { suggestAccounts } from '../../flow/show/suggest-accounts.ts';
import { workspaceOf } from '../kit/click.ts';
import { ACTION } from '../kit/ids.ts';
import { OPTION_TEXT } from '../kit/limits.ts';
import { plain } from '../kit/text.ts';
import { newClientOption } from '../log/forms.ts';
import { loggable } from '../send/errors.ts';

/** More than a glance takes in helps nobody; another letter does. */
const MOST_SUGGESTED = 20;

/** Menus that find a client by typing; in the forms also one who is new. What cannot be filled is empty. */
export function registerSuggestions(app: App, flow: Flow): void {
  for (const actionId of [ACTION.boardAccount, ACTION.account, ACTION.clientOrNew]) {
    app.options(actionId, async ({ body, context, ack }) => {
      const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
      const typed = 'value' in body ? String(body.value) : '';
      const found = await suggested(flow, who, typed);
      const isKnown = found.some(({ name }) => nameKey(name) === nameKey(typed));
      const mayBeNew = actionId === ACTION.clientOrNew && !isKnown;
      const options = found.map(({ id, name }) => ({ text: plain(name, OPTION_TEXT), value: id }));
      await ack({ options: [...options, ...(mayBeNew ? newClientOption(typed, OPTION_TEXT) : [])] });
    });
  }
}

async function suggested(flow: Flow, who: Who, typed: string): Promise<{ id: string; name: string }[]> {
  try {
    return await suggestAccounts(flow, { ...who, typed, limit: MOST_SUGGESTED });
  } catch (error) {
    flow.log.warn({ workspaceId: who.workspaceId, ...loggable(error) }, 'No clients could be suggested');
    return [];
  }
}
