import { webApi } from '@slack/bolt';
import type { Sent } from '../../flow/ports.ts';

/** What a failure to send means. */
export type NotSent = Exclude<Sent, { kind: 'sent' } | { kind: 'dm_gone' }>;

/** The installation or its scopes are at fault: every prompt is kept until an admin has repaired it. */
const REPAIR_SECONDS = 15 * 60;
/** What an admin has to repair, in words for the log: with these no call at all goes through. */
const REPAIRS: Record<string, string> = {
  invalid_auth: 'SLACK_BOT_TOKEN is not valid: copy the "Bot User OAuth Token" of the app anew',
  not_authed: 'SLACK_BOT_TOKEN is empty',
  account_inactive: 'The app was removed from the workspace: install it again',
  token_revoked: 'The token was revoked: install the app again',
  token_expired: 'The token has expired: install the app again',
};
const UNREACHABLE_SECONDS = 10;
const HTTP_REFUSED_SECONDS = 60;

const MEANINGS: Record<string, NotSent['kind']> = {
  users_not_found: 'person_unknown',
  user_not_found: 'person_unknown',
  user_disabled: 'person_gone',
  missing_scope: 'later',
  messages_tab_disabled: 'later',
  // An organisation is being moved or sorted anew: both pass.
  team_access_not_granted: 'later',
  org_login_required: 'later',
  internal_error: 'ambiguous',
  fatal_error: 'ambiguous',
  service_unavailable: 'ambiguous',
  request_timeout: 'ambiguous',
  timeout: 'ambiguous',
};

/** Errors of connecting: nothing has left this machine. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'NOT_ITS_TURN'];

/**
 * What an error of the Web API means for what was being sent. Whatever says "no" has not been posted; whatever
 * broke off half-way may have been. Throws what is no error of Slack's: that is a fault of ours.
 */
export function meaning(error: unknown): NotSent {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'later', error: 'ratelimited', afterSeconds: error.retryAfter };
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    const said = `http_${error.statusCode}`;
    if (error.statusCode >= 500) return { kind: 'ambiguous', error: said };
    return { kind: 'later', error: said, afterSeconds: HTTP_REFUSED_SECONDS };
  }
  if (error instanceof webApi.WebAPIRequestError) {
    const code = causeCode(error.original);
    if (!NEVER_LEFT.includes(code)) return { kind: 'ambiguous', error: code };
    return { kind: 'later', error: code, afterSeconds: UNREACHABLE_SECONDS };
  }
  const code = errorCode(error);
  if (code === null) throw error;
  if (code === 'ratelimited' || code === 'rate_limited')
    return { kind: 'later', error: code, afterSeconds: 30 };
  if (repairFor(code) !== null) return toBeRepaired(code);
  const kind = MEANINGS[code] ?? 'refused';
  return kind === 'later' ? { kind, error: code, afterSeconds: REPAIR_SECONDS } : { kind, error: code };
}

/** What to do about an error that only an admin can end; null for every other. */
export function repairFor(code: string | null): string | null {
  return REPAIRS[code ?? ''] ?? null;
}

export function toBeRepaired(error: string): Extract<NotSent, { kind: 'later' }> {
  return { kind: 'later', error, afterSeconds: REPAIR_SECONDS };
}

/** Slack's own word for what it refused, such as `channel_not_found`; null for any other failure. */
export function errorCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

/** What the log may say of a failure: never a payload, a header or a token. */
export function loggable(error: unknown): object {
  if (error instanceof webApi.WebAPIPlatformError) {
    const { needed } = error.data as { needed?: string };
    return { error: error.data.error, ...(needed === undefined ? {} : { needed }) };
  }
  if (error instanceof webApi.WebAPIRequestError) return { error: causeCode(error.original) };
  if (!(error instanceof Error)) return { error: withoutTokens(String(error)) };
  // Bolt wraps what a listener throws.
  const { original } = error as { original?: unknown };
  if (original instanceof Error) return loggable(original);
  return { error: withoutTokens(error.message), stack: withoutTokens(error.stack ?? '') };
}

/** The text with every Slack token in it masked. */
export function withoutTokens(text: string): string {
  return text
    .replace(/\bx(?:ox[a-z]|app|oxe)(?:\.xox[a-z])?-[\w-]+/g, 'xox…')
    .replace(/(hooks\.slack\.com\/\w+\/)\S+/g, '$1…');
}

function causeCode(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
    if (at.name === 'TimeoutError') return 'timeout';
  }
  return error instanceof Error ? error.name : 'request_failed';
}
