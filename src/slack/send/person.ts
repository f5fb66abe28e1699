import type { webApi } from '@slack/bolt';
import { isTimeZone } from '../../domain/asking/workday.ts';
import type { Person } from '../../flow/ports.ts';
import { errorCode } from './errors.ts';

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
  tz?: string;
  profile?: { real_name?: string; display_name?: string; email?: string };
}

/** Slack's own bot is listed among the people, and not as a bot. */
const SLACKBOT = 'USLACKBOT';

/** Slack's most. */
const PEOPLE_A_PAGE = 999;

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
  };
}

/** Somebody of another company, met in a shared channel, does not. */
function belongsTo({ team_id, enterprise_user, is_stranger }: Member, workspaceId: string): boolean {
  if (is_stranger) return false;
  return team_id === undefined || team_id === workspaceId || !!enterprise_user?.teams?.includes(workspaceId);
}

/** Everybody in the workspace, page by page: 20 pages a minute is what Slack allows. Throws when Slack is away. */
export async function readPeople(client: webApi.WebClient, workspaceId: string): Promise<Person[]> {
  const people: Person[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.users.list({
      limit: PEOPLE_A_PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const member of page.members ?? []) {
      const person = toPerson(member, workspaceId);
      if (person !== null) people.push(person);
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return people;
}

/** One person; null when the id names nobody of the workspace, or no person. Throws when Slack is away. */
export async function readPerson(
  client: webApi.WebClient,
  slackUserId: string,
  workspaceId: string,
): Promise<Person | null> {
  try {
    const { user } = await client.users.info({ user: slackUserId });
    return user === undefined ? null : toPerson(user, workspaceId);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'user_not_found' || code === 'users_not_found' || code === 'user_not_visible') return null;
    throw error;
  }
}
