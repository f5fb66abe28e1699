import type { App } from '@slack/bolt';
import type { Flow } from '../../flow/ports.ts';
import { suggestAccounts } from '../../flow/show/suggest-accounts.ts';
import { loggable } from '../send/errors.ts';
import { workspaceOf } from './click.ts';
import { ACTION } from './ids.ts';
import { OPTION_TEXT } from './limits.ts';
import { plain } from './text.ts';

/** More than a glance takes in helps nobody; another letter does. */
const MOST_SUGGESTED = 20;

/** Menus that find a client by typing. One that cannot be filled is empty. */
export function registerSuggestions(app: App, flow: Flow): void {
  for (const actionId of [ACTION.boardAccount, ACTION.account]) {
    app.options(actionId, async ({ body, context, ack }) => {
      const who = { workspaceId: workspaceOf(context), slackUserId: body.user.id };
      const typed = 'value' in body ? String(body.value) : '';
      const found = await suggestAccounts(flow, { ...who, typed, limit: MOST_SUGGESTED }).catch(
        (error: unknown) => {
          flow.log.warn({ ...who, ...loggable(error) }, 'No clients could be suggested');
          return [];
        },
      );
      await ack({ options: found.map(({ id, name }) => ({ text: plain(name, OPTION_TEXT), value: id })) });
    });
  }
}
