import type { webApi } from '@slack/bolt';
import { isTimeZone } from '../../domain/asking/workday.ts';
import type { Role } from '../../domain/who/owner.ts';
import { type Person, type Slack, SlackBusyError } from '../../flow/ports.ts';
import { errorCode, meaning } from './errors.ts';

/** What Slack says of a user, as far as it is read: in users.list, user_change and team_join alike. */
export interface Member {
  id?: string;
  name?: string;
  real_name?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_workflow_bot?: boolean;
  /** Where they are at home. In a company of several workspaces that may be another than ours, and they in ours too. */
  team_id?: string;
  enterprise_user?: { teams?: string[] };
  is_stranger?: boolean;
  /** A guest; `is_ultra_restricted` is one of a single channel. */
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_primary_owner?: boolean;
  is_owner?: boolean;
  is_admin?: boolean;
  tz?: string;
  /** Only where it was asked for (`include_locale`). */
  locale?: string;
  profile?: { real_name?: string; display_name?: string; email?: string };
}

/** Slack's own bot is listed among the people, and not as a bot. */
const SLACKBOT = 'USLACKBOT';

/** Slack's most. */
const PEOPLE_A_PAGE = 999;
/** What Slack says when it finds nobody. */
const NOBODY = ['user_not_found', 'users_not_found', 'user_not_visible'];

/** The person behind a user; null for what is no person, and for whoever does not belong to the workspace. */
export function toPerson(member: Member, workspaceId: string): Person | null {
  const { id, profile } = member;
  if (id === undefined || id === SLACKBOT || member.is_bot || member.is_workflow_bot) return null;
  if (!belongsTo(member, workspaceId)) return null;
  const realName = member.real_name || profile?.real_name || '';
  const displayName = profile?.display_name || '';
  return {
    slackUserId: id,
    name: member.name ?? '',
    realName,
    displayName,
    email: profile?.email || null,
    // A zone that this machine does not know could not be reckoned with: the workspace's own is used instead.
    timeZone: member.tz !== undefined && isTimeZone(member.tz) ? member.tz : null,
    active: member.deleted !== true,
    isGuest: member.is_restricted === true || member.is_ultra_restricted === true,
    role: roleOf(member),
    locale: member.locale,
  };
}

function roleOf(member: Member): Role | null {
  if (member.is_primary_owner) return 'primary_owner';
  if (member.is_owner) return 'owner';
  return member.is_admin ? 'admin' : null;
}

/** Somebody of another company, met in a shared channel, does not. */
function belongsTo({ team_id, enterprise_user, is_stranger }: Member, workspaceId: string): boolean {
  if (is_stranger) return false;
  return team_id === undefined || team_id === workspaceId || !!enterprise_user?.teams?.includes(workspaceId);
}

/** A page of everybody in the workspace, the first without a cursor. */
export async function readPeople(
  client: webApi.WebClient,
  workspaceId: string,
  cursor: string | null,
): ReturnType<Slack['people']> {
  const at = cursor === null ? {} : { cursor };
  const page = await client.users.list({ limit: PEOPLE_A_PAGE, include_locale: true, ...at });
  const people = (page.members ?? []).flatMap((member) => toPerson(member, workspaceId) ?? []);
  return { people, nextCursor: page.response_metadata?.next_cursor || null };
}

/** One person; null when the id names nobody of the workspace, or no person. */
export async function readPerson(
  client: webApi.WebClient,
  slackUserId: string,
  workspaceId: string,
): Promise<Person | null> {
  return await oneOf(workspaceId, () => client.users.info({ user: slackUserId, include_locale: true }));
}

/** The same by e-mail. */
export async function readPersonByEmail(
  client: webApi.WebClient,
  email: string,
  workspaceId: string,
): Promise<Person | null> {
  return await oneOf(workspaceId, () => client.users.lookupByEmail({ email }));
}

async function oneOf(workspaceId: string, call: () => Promise<{ user?: Member }>): Promise<Person | null> {
  try {
    const { user } = await call();
    return user === undefined ? null : toPerson(user, workspaceId);
  } catch (error) {
    if (NOBODY.includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

/** For what can wait: throws a SlackBusyError where Slack will take the look-up later. */
export async function orBusy<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    const refusal = meaning(error);
    if (refusal.kind === 'later') throw new SlackBusyError(refusal.afterSeconds, { cause: error });
    throw error;
  }
}
