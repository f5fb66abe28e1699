import type { App } from '@slack/bolt';
import { personChanged } from '../../flow/people/person-changed.ts';
import type { Flow } from '../../flow/ports.ts';
import { workspaceOf } from '../kit/click.ts';
import { type Member, toPerson } from '../send/person.ts';

/** People come, change their name or time zone, and leave: then their manager inherits their doors. */
export function registerPeople(app: App, flow: Flow): void {
  const changed = async (workspaceId: string, member: Member) => {
    const person = toPerson(member, workspaceId);
    if (person !== null) await personChanged(flow, { workspaceId, person });
  };
  app.event('user_change', async ({ event, context }) => await changed(workspaceOf(context), event.user));
  app.event('team_join', async ({ event, context }) => await changed(workspaceOf(context), event.user));
}
