import { z } from 'zod';
import type { Identity } from './identity.ts';

/** What a click or a form says of where the app is installed; everything else says nothing. */
const clicked = z.object({
  app_installed_team_id: z.string().optional().catch(undefined),
  view: z.object({ app_installed_team_id: z.string().optional() }).optional().catch(undefined),
  message: z.object({ bot_id: z.string().optional() }).optional().catch(undefined),
});

/**
 * Whether something from Slack is for the workspace that we serve. Somebody of another workspace of the same
 * organisation clicks under their own `team.id`, so it is asked first where the app is installed and whose message
 * was clicked, and the organisation counts only where neither is told.
 */
export function isForUs(
  { workspaceId, botId, organisationId }: Identity,
  from: { teamId: string | undefined; organisationId: string | undefined },
  body: unknown,
): boolean {
  if (from.teamId === workspaceId) return true;
  const { app_installed_team_id, view, message } = clicked.safeParse(body).data ?? {};
  const installedAt = view?.app_installed_team_id ?? app_installed_team_id;
  if (installedAt !== undefined) return installedAt === workspaceId;
  if (message?.bot_id !== undefined) return message.bot_id === botId;
  return organisationId !== null && from.organisationId === organisationId;
}
