import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Answer } from '../domain/answer.ts';
import type { DealUpdate } from '../domain/deal-update.ts';
import type { NeedOutcome } from '../domain/need.ts';
import type { Playbook } from '../domain/playbook.ts';
import type { Rule } from '../domain/prompting.ts';
import type { Ending, Question, Stage } from '../domain/stage.ts';
import type { SeesValue } from '../domain/verification.ts';

/** Every key begins with the workspace (promise 7), so that the tables can be distributed on it. */
const workspaceId = () => text('workspace_id').notNull();
/** UUIDv7, made by the application. */
const id = () => uuid('id').notNull();
const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const decimal = (name: string) => numeric(name, { precision: 19, scale: 4 });

/** A Slack workspace; its id is Slack's team id. */
export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: at('created_at').notNull(),
  repsMatchedAt: at('reps_matched_at'),
});

/** What a workspace set differently from the defaults. */
export const playbooks = pgTable('playbooks', {
  workspaceId: text('workspace_id').primaryKey(),
  settings: jsonb('settings').$type<Partial<Playbook>>().notNull(),
  updatedAt: at('updated_at').notNull(),
});

/** Somebody who owns engagements. Without a Slack user the owner is known, but not matched yet. */
export const reps = pgTable(
  'reps',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    email: text('email'),
    slackUserId: text('slack_user_id'),
    /** IANA zone from Slack; null means the playbook's. */
    timeZone: text('time_zone'),
    /** Minutes after local midnight; null means the start of the working hours. */
    promptAt: smallint('prompt_at'),
    managerId: uuid('manager_id'),
    active: boolean('active').notNull().default(true),
    dmChannelId: text('dm_channel_id'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('reps_slack_user').on(t.workspaceId, t.slackUserId),
    index('reps_unmatched').on(t.workspaceId, t.createdAt).where(sql`${t.slackUserId} is null`),
    index('reps_manager').on(t.workspaceId, t.managerId),
  ],
);

/** How sources name a rep: `email:…` or `name:…`, lower case. Two names of one person lead to one rep. */
export const repAliases = pgTable(
  'rep_aliases',
  { workspaceId: workspaceId(), alias: text('alias').notNull(), repId: uuid('rep_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.alias] }),
    foreignKey({ columns: [t.workspaceId, t.repId], foreignColumns: [reps.workspaceId, reps.id] }),
  ],
);

/** A client company. */
export const accounts = pgTable(
  'accounts',
  {
    workspaceId: workspaceId(),
    id: id(),
    name: text('name').notNull(),
    /** The name folded for look-ups. */
    nameKey: text('name_key').notNull(),
    source: text('source'),
    externalId: text('external_id'),
    /** Set when nothing is going on and no return is planned yet; the next settling gives it one. */
    unsettledAt: at('unsettled_at'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('accounts_external').on(t.workspaceId, t.source, t.externalId),
    uniqueIndex('accounts_by_name_only').on(t.workspaceId, t.nameKey).where(sql`${t.externalId} is null`),
    index('accounts_name').on(t.workspaceId, t.nameKey),
    index('accounts_unsettled').on(t.workspaceId, t.unsettledAt).where(sql`${t.unsettledAt} is not null`),
  ],
);

/** One turn of the cycle with an account: where its facts say it stands. */
export const engagements = pgTable(
  'engagements',
  {
    workspaceId: workspaceId(),
    id: id(),
    accountId: uuid('account_id').notNull(),
    /** Who is asked: the named owner, or whoever stands in for them. */
    ownerId: uuid('owner_id').notNull(),
    /** Whom the source names as the owner. */
    namedOwnerId: uuid('named_owner_id').notNull(),
    source: text('source').notNull(),
    dealId: text('deal_id').notNull(),
    name: text('name'),
    stage: text('stage').$type<Stage>().notNull(),
    ending: text('ending').$type<Ending>(),
    endedAt: at('ended_at'),
    openedAt: at('opened_at').notNull(),
    wonAt: at('won_at'),
    verifiedAt: at('verified_at'),
    amount: decimal('amount'),
    currency: char('currency', { length: 3 }),
    askingFactId: text('asking_fact_id').notNull(),
    askingSince: at('asking_since').notNull(),
    askingOn: date('asking_on', { mode: 'string' }),
    askingHow: text('asking_how').$type<'entered' | 'answered'>().notNull(),
    returnOn: date('return_on', { mode: 'string' }),
    returnReason: text('return_reason'),
    parentId: uuid('parent_id'),
    needId: uuid('need_id'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('engagements_deal').on(t.workspaceId, t.source, t.dealId),
    foreignKey({
      columns: [t.workspaceId, t.accountId],
      foreignColumns: [accounts.workspaceId, accounts.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.ownerId], foreignColumns: [reps.workspaceId, reps.id] }),
    check('engagements_stage', sql`${t.stage} in ('discover','develop','deliver','close','verify','next')`),
    check('engagements_ended', sql`(${t.ending} is null) = (${t.endedAt} is null)`),
    check('engagements_money', sql`(${t.amount} is null) = (${t.currency} is null)`),
    index('engagements_account').on(t.workspaceId, t.accountId, t.openedAt),
    index('engagements_open_owner')
      .on(t.workspaceId, t.ownerId, t.askingSince)
      .where(sql`${t.ending} is null`),
    index('engagements_named_owner').on(t.workspaceId, t.namedOwnerId),
    index('engagements_waiting').on(t.workspaceId, t.askingSince).where(sql`${t.ending} is null`),
    index('engagements_won').on(t.workspaceId, t.wonAt).where(sql`${t.wonAt} is not null`),
    index('engagements_verified').on(t.workspaceId, t.verifiedAt).where(sql`${t.verifiedAt} is not null`),
    index('engagements_begun').on(t.workspaceId, t.createdAt).where(sql`${t.parentId} is not null`),
  ],
);

/**
 * The history, append-only. A line that older news, coming in later, proved wrong is retracted, never removed:
 * the lines that are not retracted are the history as it is known now.
 */
export const stageChanges = pgTable(
  'stage_changes',
  {
    workspaceId: workspaceId(),
    id: id(),
    engagementId: uuid('engagement_id').notNull(),
    factId: text('fact_id').notNull(),
    at: at('at').notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    ending: text('ending').$type<Ending>(),
    recordedAt: at('recorded_at').notNull(),
    retractedAt: at('retracted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('stage_changes_engagement').on(t.workspaceId, t.engagementId),
  ],
);

/** Deal updates as they came in. */
export const dealEvents = pgTable(
  'deal_events',
  {
    workspaceId: workspaceId(),
    source: text('source').notNull(),
    eventId: text('event_id').notNull(),
    dealId: text('deal_id').notNull(),
    occurredAt: at('occurred_at').notNull(),
    receivedAt: at('received_at').notNull(),
    history: boolean('history').notNull(),
    /** False until the update has been taken into its engagement. */
    applied: boolean('applied').notNull().default(false),
    update: jsonb('update').$type<StoredUpdate>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.source, t.eventId] }),
    index('deal_events_deal').on(t.workspaceId, t.source, t.dealId),
    index('deal_events_pending').on(t.workspaceId, t.receivedAt).where(sql`not ${t.applied}`),
  ],
);

/** A deal update as JSON keeps it: times are ISO strings. */
export type StoredUpdate = Omit<DealUpdate, 'occurredAt' | 'openedAt' | 'closedAt'> & {
  openedAt?: string | undefined;
  closedAt?: string | undefined;
};

/** What reps said: facts of an engagement, and notes. `key` makes the same click the same answer. */
export const answers = pgTable(
  'answers',
  {
    workspaceId: workspaceId(),
    id: id(),
    key: text('key').notNull(),
    accountId: uuid('account_id'),
    engagementId: uuid('engagement_id'),
    promptId: uuid('prompt_id'),
    repId: uuid('rep_id').notNull(),
    at: at('at').notNull(),
    fact: jsonb('fact').$type<{ begun: Stage } | { answer: Answer }>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('answers_key').on(t.workspaceId, t.key),
    index('answers_engagement').on(t.workspaceId, t.engagementId, t.at),
    index('answers_account').on(t.workspaceId, t.accountId, t.at),
  ],
);

export const verifications = pgTable(
  'verifications',
  {
    workspaceId: workspaceId(),
    id: id(),
    engagementId: uuid('engagement_id').notNull(),
    accountId: uuid('account_id').notNull(),
    repId: uuid('rep_id').notNull(),
    answerId: uuid('answer_id').notNull(),
    who: text('who').notNull(),
    seesValue: text('sees_value').$type<SeesValue>().notNull(),
    words: text('words').notNull(),
    measureValue: decimal('measure_value'),
    measureUnit: text('measure_unit'),
    promised: text('promised'),
    heldOn: date('held_on', { mode: 'string' }).notNull(),
    recordedAt: at('recorded_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('verifications_account').on(t.workspaceId, t.accountId),
    index('verifications_recorded').on(t.workspaceId, t.recordedAt),
  ],
);

export const needs = pgTable(
  'needs',
  {
    workspaceId: workspaceId(),
    id: id(),
    accountId: uuid('account_id').notNull(),
    /** The engagement in which it was heard; null for one caught outside any. */
    engagementId: uuid('engagement_id'),
    repId: uuid('rep_id').notNull(),
    words: text('words').notNull(),
    estimate: decimal('estimate'),
    currency: char('currency', { length: 3 }),
    neededOn: date('needed_on', { mode: 'string' }),
    outcome: text('outcome').$type<NeedOutcome>().notNull().default('open'),
    /** The engagement that took it up. */
    takenUpById: uuid('taken_up_by_id'),
    dropReason: text('drop_reason'),
    heardAt: at('heard_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('needs_account').on(t.workspaceId, t.accountId, t.heardAt),
    index('needs_heard').on(t.workspaceId, t.heardAt),
    check('needs_taken_up', sql`(${t.outcome} = 'taken_up') = (${t.takenUpById} is not null)`),
  ],
);

/** A question put to a rep: about one engagement, or (a return) about an account with nothing going on. */
export const prompts = pgTable(
  'prompts',
  {
    workspaceId: workspaceId(),
    id: id(),
    accountId: uuid('account_id').notNull(),
    engagementId: uuid('engagement_id'),
    repId: uuid('rep_id').notNull(),
    question: text('question').$type<Question>().notNull(),
    rule: text('rule').$type<Rule>().notNull(),
    /** The fact that the rule looked at, and when that happened (promise 8). */
    factId: text('fact_id').notNull(),
    since: at('since').notNull(),
    urgent: boolean('urgent').notNull(),
    /** When it is put to the rep next. */
    dueAt: at('due_at').notNull(),
    asked: integer('asked').notNull().default(0),
    lastAskedAt: at('last_asked_at'),
    /** The bundle that is on its way with it. */
    bundleId: uuid('bundle_id'),
    closedAt: at('closed_at'),
    /** What closed it; null when the world moved on without an answer. */
    answerId: uuid('answer_id'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // Promise 2: at most one open prompt per engagement, and one return per account.
    uniqueIndex('prompts_one_open').on(t.workspaceId, t.engagementId).where(sql`${t.closedAt} is null`),
    uniqueIndex('prompts_one_return')
      .on(t.workspaceId, t.accountId)
      .where(sql`${t.closedAt} is null and ${t.engagementId} is null`),
    index('prompts_due')
      .on(t.workspaceId, t.dueAt)
      .where(sql`${t.closedAt} is null and ${t.bundleId} is null`),
    index('prompts_rep').on(t.workspaceId, t.repId, t.dueAt).where(sql`${t.closedAt} is null`),
    index('prompts_account').on(t.workspaceId, t.accountId),
    check('prompts_return', sql`(${t.question} = 'return') = (${t.engagementId} is null)`),
  ],
);

export type BundleStatus = 'on_its_way' | 'delivered' | 'dropped' | 'parked';

/** One DM with all the prompts a rep has due. */
export const bundles = pgTable(
  'bundles',
  {
    workspaceId: workspaceId(),
    id: id(),
    repId: uuid('rep_id').notNull(),
    status: text('status').$type<BundleStatus>().notNull(),
    urgent: boolean('urgent').notNull(),
    daily: boolean('daily').notNull(),
    claimedAt: at('claimed_at').notNull(),
    /** Set before Slack is called: from here on Slack may have it. */
    attemptedAt: at('attempted_at'),
    attempts: integer('attempts').notNull().default(0),
    deliveredAt: at('delivered_at'),
    channelId: text('channel_id'),
    messageTs: text('message_ts'),
    error: text('error'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // Promise 2: at most one bundle on its way per rep.
    uniqueIndex('bundles_one_on_its_way').on(t.workspaceId, t.repId).where(sql`${t.status} = 'on_its_way'`),
    index('bundles_rep').on(t.workspaceId, t.repId, t.claimedAt),
    index('bundles_message').on(t.workspaceId, t.channelId, t.messageTs),
  ],
);

/** Which prompts went out in which bundle. */
export const bundlePrompts = pgTable(
  'bundle_prompts',
  {
    workspaceId: workspaceId(),
    bundleId: uuid('bundle_id').notNull(),
    promptId: uuid('prompt_id').notNull(),
    position: smallint('position').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.bundleId, t.promptId] }),
    foreignKey({ columns: [t.workspaceId, t.bundleId], foreignColumns: [bundles.workspaceId, bundles.id] }),
    foreignKey({ columns: [t.workspaceId, t.promptId], foreignColumns: [prompts.workspaceId, prompts.id] }),
    index('bundle_prompts_prompt').on(t.workspaceId, t.promptId),
  ],
);

export const digestSubscriptions = pgTable(
  'digest_subscriptions',
  {
    workspaceId: workspaceId(),
    channelId: text('channel_id').notNull(),
    cadence: text('cadence').$type<'weekly' | 'daily'>().notNull(),
    timeZone: text('time_zone').notNull(),
    subscribedBy: uuid('subscribed_by').notNull(),
    /** The period of the next digest begins here. */
    since: at('since').notNull(),
    dueAt: at('due_at').notNull(),
    /** Why it is paused (the bot is not in the channel …); null while it runs. */
    pausedReason: text('paused_reason'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.channelId] }),
    index('digest_subscriptions_due').on(t.workspaceId, t.dueAt).where(sql`${t.pausedReason} is null`),
  ],
);

/** Digests that were sent, or are on their way. */
export const digests = pgTable(
  'digests',
  {
    workspaceId: workspaceId(),
    id: id(),
    channelId: text('channel_id').notNull(),
    from: at('from').notNull(),
    to: at('to').notNull(),
    attemptedAt: at('attempted_at'),
    deliveredAt: at('delivered_at'),
    messageTs: text('message_ts'),
    error: text('error'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('digests_period').on(t.workspaceId, t.channelId, t.to),
  ],
);
