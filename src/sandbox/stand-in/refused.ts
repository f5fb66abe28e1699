import { Refusal } from './refusal.ts';
import type { Ack } from './transport.ts';
import type { Shown } from './types.ts';

export function noCommand(command: string): Shown {
  const userSees = `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as slash commands.`;
  return { ok: false, error: 'unknown_command', userSees, detail: `no app has ${command}` };
}

export function failed(ack: Ack & { ok: false }, userSees: string): Shown {
  return { ok: false, error: ack.error, userSees, detail: ack.detail };
}

/** Slack shows nobody that an event went unheard. */
export function silent(ack: Ack & { ok: false }): Shown {
  return failed(ack, '');
}

export function refusedAnswer(error: unknown, userSees: string): Shown {
  if (!(error instanceof Refusal)) throw error;
  const detail = `${error.code} ${JSON.stringify(error.extra)}`;
  return { ok: false, error: 'invalid_response', userSees, detail };
}
