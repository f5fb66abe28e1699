import { readPeople } from '../../db/who/person.ts';
import { findRepBySlackUser } from '../../db/who/rep.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import { localDate } from '../../domain/asking/workday.ts';
import type { Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';

/** How what somebody types is to be read. */
export interface Settings {
  /** ISO currency that the workspace reckons in. */
  currency: string;
  /** IANA zone of whoever types, and the date on their wall, YYYY-MM-DD. */
  timeZone: string;
  today: string;
}

/** The workspace's currency, and the day where somebody is; of somebody whom nobody knows yet, the workspace's day. */
export async function readSettings(flow: Flow, { workspaceId, slackUserId }: Who): Promise<Settings> {
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const rep = await findRepBySlackUser(tx, workspaceId, slackUserId);
    const person = (await readPeople(tx, workspaceId, [slackUserId])).get(slackUserId);
    const timeZone = rep?.timeZone ?? person?.timeZone ?? playbook.timeZone;
    return { currency: playbook.currency, timeZone, today: localDate(timeZone, flow.now()) };
  });
}
