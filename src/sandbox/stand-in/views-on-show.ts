import type { Modals, OpenView } from './modals.ts';
import type { StandInConversation, StandInMessage, StandInView } from './types.ts';
import type { Message, Workspace } from './workspace.ts';

/** What leaves the stand-in for tests and the page: copies. */

export function viewOnShow(open: OpenView): StandInView {
  const { id, hash, view, rootId, previousId, values, errors } = open;
  return structuredClone({
    id,
    hash,
    view,
    rootId,
    values,
    ...(previousId !== undefined && { previousId }),
    ...(view.external_id && { externalId: view.external_id }),
    ...(errors && { errors }),
  });
}

export function topView(modals: Modals, userId: string): { view?: StandInView } {
  const top = modals.stack(userId).at(-1);
  return top ? { view: viewOnShow(top) } : {};
}

export function messageOnShow(message: Message): StandInMessage {
  const { values: _inputs, ...shown } = message;
  return structuredClone(shown);
}

/** The person's DM with the app, then the channels they are in. */
export function conversationsOf(workspace: Workspace, userId: string): StandInConversation[] {
  return [...workspace.channels.values()]
    .filter((channel) => channel.members.includes(userId))
    .map(({ id, kind, name, botIsMember = false }) => {
      return { id, kind, name, botIsMember, unread: workspace.unread(userId, id) };
    })
    .sort((a, b) => Number(b.kind === 'dm') - Number(a.kind === 'dm'));
}
