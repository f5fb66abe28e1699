import { sayClientsSame, takeBackSameClient } from '../../../src/flow/joins/same-client.ts';
import { saySameOrder, takeBackSameOrder } from '../../../src/flow/joins/same-order.ts';
import type { Office } from '../../support/office.ts';
import { Named } from './state.ts';
import type { Step } from './steps.ts';

export type JoinStep = Extract<Step, { kind: 'same client' | 'same order' | 'take back' }>;

/**
 * Lets somebody who is here say who is who, or take it back. What is picked is picked by name: ids are not the same in
 * two tellings of one story.
 */
export async function join(
  office: Office,
  step: JoinStep,
  here: readonly string[],
  key: string,
): Promise<void> {
  const named = await Named.read(office);
  const { flow, workspaceId } = office;
  const { accounts, prompts, engagements, joins, reps } = named.rows;
  const slackUserIdOf = (repId: string) => reps.find(({ id }) => id === repId)?.slackUserId ?? '';
  if (step.kind === 'same client') {
    const [slackUserId] = here.filter((id) => reps.some((rep) => rep.slackUserId === id));
    const all = pickable(accounts, ({ id }) => named.account(id));
    const [account, as] = [all[step.pick % all.length], all[step.as % all.length]];
    if (account === undefined || as === undefined || slackUserId === undefined) return;
    await sayClientsSame(flow, { workspaceId, slackUserId, accountId: account.id, asId: as.id, key });
  } else if (step.kind === 'same order') {
    const told = new Set(engagements.flatMap(({ sameAsId }) => sameAsId ?? []));
    const open = prompts.filter((one) => one.closedAt === null && told.has(one.engagementId ?? ''));
    const all = pickable(open, (one) => `${named.about(one)} ${one.question}`);
    const prompt = all[step.pick % all.length];
    const slackUserId = slackUserIdOf(prompt?.repId ?? '');
    if (prompt === undefined || !here.includes(slackUserId)) return;
    await saySameOrder(flow, { workspaceId, slackUserId, promptId: prompt.id, isSame: step.isSame, key });
  } else {
    const all = pickable(joins, ({ key }) => key);
    const said = all[step.pick % all.length];
    const slackUserId = slackUserIdOf(said?.repId ?? '');
    if (said === undefined || !here.includes(slackUserId)) return;
    const who = { workspaceId, slackUserId, joinId: said.id };
    if (said.kind === 'same_client') await takeBackSameClient(flow, who);
    else await takeBackSameOrder(flow, who);
  }
  await office.jobs.runDue();
}

function pickable<T>(all: readonly T[], nameOf: (one: T) => string): T[] {
  return [...all].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
