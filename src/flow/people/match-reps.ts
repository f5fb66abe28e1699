import { lockOpenPromptsOfRep, savePrompt } from '../../db/prompt.ts';
import {
  findRepBySlackUser,
  mergeReps,
  type Rep,
  readReps,
  readUnmatchedReps,
  saveRep,
} from '../../db/rep.ts';
import { markRepsMatched } from '../../db/workspace.ts';
import { addWorkingDays, nextPromptTime, nextWorkingTime } from '../../domain/asking/workday.ts';
import { ownerMatcher } from '../../domain/who/owner.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import type { Flow, Person } from '../ports.ts';
import { runAll } from '../run-all.ts';
import { calendarFor, inScope, type Scope } from '../scope.ts';
import { handOver } from './hand-over.ts';

/** Looks for the Slack users of owners who are not matched yet. Their prompts were kept, and come now. */
export async function matchReps(flow: Flow, workspaceId: string): Promise<number> {
  const unmatched = await flow.store.read((tx) => readUnmatchedReps(tx, workspaceId));
  const match = ownerMatcher(
    unmatched.length === 0 ? [] : await flow.slackOf(workspaceId).people(workspaceId),
  );
  const found = unmatched.flatMap((rep) => {
    const person = match(rep);
    return person === null ? [] : [{ rep, person }];
  });
  const now = flow.now();
  await flow.store.transaction((tx) => markRepsMatched(tx, workspaceId, now));
  if (unmatched.length > 0) {
    const unknown = unmatched.length - found.length;
    flow.log.info({ workspaceId, matched: found.length, unmatched: unknown }, 'matched owners to Slack');
  }
  await runAll(
    found.map(
      ({ rep, person }) =>
        () =>
          matchRep(flow, workspaceId, rep.id, person),
    ),
  );
  return found.length;
}

async function matchRep(flow: Flow, workspaceId: string, repId: string, person: Person): Promise<void> {
  await inScope(flow, workspaceId, async (scope) => {
    const { tx } = scope;
    const known = await findRepBySlackUser(tx, workspaceId, person.slackUserId);
    if (known !== null && known.id !== repId) return await mergeInto(scope, repId, known);
    const { slackUserId, timeZone, email } = person;
    await saveRep(tx, workspaceId, repId, { slackUserId, timeZone, email, active: true });
    await putOffToOwnTime(scope, repId);
    await claimBundles(scope, [repId]);
  });
}

/** Two names of one person: what was kept under the one belongs to the other. */
async function mergeInto(scope: Scope, repId: string, known: Rep): Promise<void> {
  const { tx, workspaceId } = scope;
  await mergeReps(tx, workspaceId, repId, known.id);
  await saveRep(tx, workspaceId, repId, { active: false, managerId: known.id });
  await handOver(scope, repId);
  await putOffToOwnTime(scope, known.id);
}

/** Brings the prompts of a rep into the working time that is theirs, now that it is known or has changed. */
export async function putOffToOwnTime(scope: Scope, repId: string): Promise<void> {
  const { tx, workspaceId, now } = scope;
  const rep = (await readReps(tx, workspaceId, [repId])).get(repId);
  if (rep === undefined) return;
  const calendar = calendarFor(scope, rep);
  for (const prompt of await lockOpenPromptsOfRep(tx, workspaceId, repId)) {
    const day = addWorkingDays(calendar, prompt.dueAt, 0);
    const dueAt = prompt.urgent
      ? nextWorkingTime(calendar, now)
      : nextPromptTime(calendar, day > now ? day : now);
    await savePrompt(tx, workspaceId, prompt.id, { dueAt });
  }
}
