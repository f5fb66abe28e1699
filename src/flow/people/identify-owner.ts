import { moveComeBacks } from '../../db/asking/return.ts';
import { applyDealsAnew } from '../../db/cycle/deal-event.ts';
import { renameOwner } from '../../db/cycle/engagement.ts';
import { lockAccounts } from '../../db/who/account.ts';
import { markNews, readBearers, readOwnerFacts, rejoin, takeNews } from '../../db/who/owner.ts';
import { findPeople, readReading, type StoredPerson } from '../../db/who/person.ts';
import { changeRep, findRepBySlackUser, lockRepForChange, type Rep, readReps } from '../../db/who/rep.ts';
import { type Identity, identify, type OwnerFacts } from '../../domain/who/owner.ts';
import { claimBundles } from '../asking/claim-bundles.ts';
import { bringClosesForward, reschedulePrompts } from '../asking/reschedule-prompts.ts';
import { schedulePrompts, unique } from '../asking/schedule-prompts.ts';
import { scheduleReturns } from '../asking/schedule-returns.ts';
import { joinOrders } from '../intake/join-orders.ts';
import type { Flow } from '../ports.ts';
import { inScope, type Scope } from '../scope.ts';
import { repOf, shownName } from './find-keeper.ts';
import { passOn } from './pass-on.ts';

/** An owner as stored before, and the person's row that they are now: their own, or one that they are joined to. */
interface Decided {
  before: Rep;
  facts: OwnerFacts;
  person: Rep;
}

/**
 * Decides who an owner is and lets what they own follow; false where that cannot be told yet. In two steps: what others
 * stored of the owner before the first is there to be handed over in the second, which may be done twice.
 */
export async function identifyOwner(flow: Flow, workspaceId: string, repId: string): Promise<boolean> {
  const decided = await inScope(flow, workspaceId, (scope) => decide(scope, repId));
  if (decided === null) return false;
  const { before, person } = decided;
  if (person.id !== before.id && person.managerId === null && before.managerId !== null) {
    const { managerId } = before;
    await flow.store.transaction((tx) => changeRep(tx, workspaceId, person.id, { managerId }));
  }
  await inScope(flow, workspaceId, (scope) => follow(scope, decided));
  return true;
}

async function decide(scope: Scope, repId: string): Promise<Decided | null> {
  const { tx, workspaceId, now } = scope;
  const before = await lockRepForChange(tx, workspaceId, repId);
  if (before === null) return null;
  const facts = await readOwnerFacts(tx, workspaceId, before);
  const { emailKey, nameKeys } = facts;
  const keys = { emailKeys: emailKey === null ? [] : [emailKey], nameKeys };
  const people = await findPeople(tx, workspaceId, keys);
  const known = people.map((person) => ({ ...person, isGuest: person.guest }));
  const identity = identify(facts, known, await readBearers(tx, workspaceId, nameKeys));
  const isByEmail = identity.kind === 'person' && identity.by === 'email';
  if (!isByEmail && !(await isLookedFor(scope, before, facts))) return null;
  const change = await changeFor(scope, before, identity, people);
  await changeRep(tx, workspaceId, repId, { ...change, identifiedAt: now });
  const after = { ...before, ...change };
  if (before.joinedTo !== null && before.joinedTo !== after.joinedTo) {
    await applyDealsAnew(tx, workspaceId, before.joinedTo);
    await scope.store.enqueue(tx, 'apply-deal-updates', { workspaceId });
  }
  if (after.joinedTo === null) return { before, facts, person: after };
  await rejoin(tx, workspaceId, repId, after.joinedTo);
  const person = (await readReps(tx, workspaceId, [after.joinedTo])).get(after.joinedTo);
  if (person === undefined) throw new Error(`${repId} was joined to nobody`);
  return { before, facts, person };
}

/** Nobody can be said not to be in Slack before it was asked for their e-mail, and all its people were read once. */
async function isLookedFor(
  { tx, workspaceId }: Scope,
  { slackUserId, lookedUpAt }: Rep,
  { emailKey }: OwnerFacts,
): Promise<boolean> {
  if (emailKey !== null && slackUserId === null && lookedUpAt === null) return false;
  return (await readReading(tx, workspaceId)).readAt !== null;
}

async function changeFor(
  scope: Scope,
  rep: Rep,
  identity: Identity,
  people: readonly StoredPerson[],
): Promise<Partial<Rep>> {
  const { tx, workspaceId } = scope;
  const alone = { joinedTo: null };
  // Whom Slack knew by the owner's e-mail once is still that person.
  if (identity.kind === 'nobody') return rep.slackUserId === null ? alone : {};
  if (identity.kind === 'owner') {
    const other = (await readReps(tx, workspaceId, [identity.id])).get(identity.id);
    return { joinedTo: other?.joinedTo ?? identity.id };
  }
  const person = people.find(({ slackUserId }) => slackUserId === identity.slackUserId);
  const known = await findRepBySlackUser(tx, workspaceId, identity.slackUserId);
  if (known?.id === rep.id) return alone;
  if (known === null && person !== undefined && identity.by === 'email') {
    const { slackUserId, timeZone, locale, email, active } = person;
    return {
      ...alone,
      slackUserId,
      timeZone,
      locale,
      email,
      active,
      name: shownName(person),
      dmChannelId: null,
    };
  }
  const joined = known ?? (person === undefined ? null : await repOf(scope, person));
  if (joined === null) throw new Error(`${identity.slackUserId} is not among the people who are kept`);
  return { joinedTo: joined.id, slackUserId: null, dmChannelId: null };
}

async function follow(scope: Scope, { before, facts, person }: Decided): Promise<void> {
  const { tx, workspaceId } = scope;
  const { id, news } = before;
  const accountIds = person.id === id ? [] : await renameOwner(tx, workspaceId, id, person.id);
  if (person.id !== id) await moveComeBacks(tx, workspaceId, id, person.id);
  const urgent = await passOn(scope, unique([id, person.id]));
  await lockAccounts(tx, workspaceId, accountIds);
  urgent.push(...(await schedulePrompts(scope, await joinOrders(scope, accountIds))));
  await scheduleReturns(scope, accountIds);
  if (person.id === id && person.slackUserId !== before.slackUserId) await reschedulePrompts(scope, id);
  else await bringClosesForward(scope, person.id);
  const hasChanged = person.id !== (before.joinedTo ?? id) || person.slackUserId !== before.slackUserId;
  if (hasChanged && facts.emailKey !== null) {
    const others = await markNews(tx, workspaceId, { emailKeys: [], nameKeys: facts.nameKeys }, id);
    if (others > 0) await scope.store.enqueue(tx, 'identify-owners', { workspaceId });
  }
  await takeNews(tx, workspaceId, id, news);
  await claimBundles(scope, unique([...urgent, person.id]));
}
