import { type App, AuthorizationError, type Context, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../flow/ports.ts';
import { sentence } from '../kit/text.ts';
import { loggable } from '../send/errors.ts';
import { whisper } from '../send/send.ts';

const SORRY = sentence("I couldn't keep that just now. Nothing is lost: press it once more in a moment.");

/** Where a click or a command came from. */
const clicked = z.object({ channel: z.object({ id: z.string() }), user: z.object({ id: z.string() }) });

interface Failure {
  error: Error;
  body: object;
  context: Context;
}

/**
 * Whatever a listener throws: one line in the log, without a payload or a token, and a sentence to the person where
 * there is a place for it. Then it is thrown on, so that nothing that failed is acknowledged.
 */
export function registerTrouble(app: App, log: Log): void {
  app.error(async ({ error, body, context }: Failure) => {
    if (error instanceof AuthorizationError) {
      log.warn(
        { teamId: (body as { team_id?: unknown }).team_id },
        'Something came from a workspace that is not ours',
      );
      return;
    }
    log.error({ type: (body as { type?: unknown }).type, ...loggable(error) }, 'Slack was not served');
    await saySorry(app, body, context, log);
    throw error;
  });
}

async function saySorry(app: App, body: object, context: Context, log: Log): Promise<void> {
  const from = clicked.safeParse(body);
  if (!from.success || context.botToken === undefined) return;
  const client = new webApi.WebClient(context.botToken, { ...app.webClientOptions });
  await whisper(client, { channel: from.data.channel.id, user: from.data.user.id }, SORRY, log);
}
