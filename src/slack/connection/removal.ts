import type { App } from '@slack/bolt';

/**
 * The app was removed, or its token revoked. Bolt lets these two events through from wherever they come. `onRemoved`
 * hears with which error Slack answers every call from now on.
 */
export function registerRemoval(
  app: App,
  ourWorkspaceId: () => string | undefined,
  onRemoved: (error: string) => void,
): void {
  app.event('app_uninstalled', async ({ context }) => {
    if (context.teamId === ourWorkspaceId()) onRemoved('account_inactive');
  });
  app.event('tokens_revoked', async ({ event, context }) => {
    if (context.teamId === ourWorkspaceId() && event.tokens.bot?.length) onRemoved('token_revoked');
  });
}
