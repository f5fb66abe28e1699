import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { NotUseful } from '../../domain/asking/not-useful.ts';
import type { Rule } from '../../domain/asking/rules.ts';
import type { Question } from '../../domain/cycle/stage.ts';
import { at, id, workspaceId } from './columns.ts';

/**
 * A question put to a rep: about one engagement, about a need, or (a return) about coming back to an account. Each open
 * engagement has one for its stage; those beside it are about one fact each.
 */
export const prompts = pgTable(
  'prompts',
  {
    workspaceId: workspaceId(),
    id: id(),
    accountId: uuid('account_id').notNull(),
    engagementId: uuid('engagement_id'),
    /** Who is asked. */
    repId: uuid('rep_id').notNull(),
    /** Whose question it is, where it is put to a delegate or a colleague in their place; null for all others. */
    askedForId: uuid('asked_for_id'),
    /** The need whose day it is about. */
    needId: uuid('need_id'),
    /** For whom it is, but for the question of a stage: who is asked, or the one whom they stand in for. */
    namedRepId: uuid('named_rep_id'),
    question: text('question').$type<Question>().notNull(),
    rule: text('rule').$type<Rule>().notNull(),
    /** The fact that the rule looked at, and when that happened (promise 8). */
    factId: text('fact_id').notNull(),
    since: at('since').notNull(),
    urgent: boolean('urgent').notNull(),
    /** The day that somebody named: a date in the zone of whoever is asked, wherever that is by then. */
    on: date('on', { mode: 'string' }),
    /** Given a day among imported history, which it keeps: planned anew, all of that would come on one. */
    spread: boolean('spread').notNull().default(false),
    /** When it is put to the rep next. */
    dueAt: at('due_at').notNull(),
    asked: integer('asked').notNull().default(0),
    lastAskedAt: at('last_asked_at'),
    /** Asked as often as may be; it rests since then, until it is due once more. */
    quietSince: at('quiet_since'),
    /** Due since then, and waiting for room in a bundle. */
    waitingSince: at('waiting_since'),
    /** The bundle that is on its way with it. */
    bundleId: uuid('bundle_id'),
    closedAt: at('closed_at'),
    /** What closed it; null when the world moved on without an answer. */
    answerId: uuid('answer_id'),
    /** Since when nobody could be asked it: an admin keeps it and hears of it once a week. Null for all others. */
    unaskableSince: at('unaskable_since'),
    /** The days from `since` on after which it is there: of a return, and of the value's question where that was learned. */
    afterDays: integer('after_days'),
    /** The version of the playbook that learned these days; null where they are the playbook's own. */
    playbookVersion: integer('playbook_version'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    // Promise 2: at most one open prompt per engagement and question, one per need, and one return per account and rep.
    uniqueIndex('prompts_one_open')
      .on(t.workspaceId, t.engagementId, t.question)
      .where(sql`${t.closedAt} is null and ${t.needId} is null`),
    uniqueIndex('prompts_one_of_stage')
      .on(t.workspaceId, t.engagementId)
      .where(sql`${t.closedAt} is null and ${t.namedRepId} is null`),
    uniqueIndex('prompts_one_of_need')
      .on(t.workspaceId, t.needId)
      .where(sql`${t.closedAt} is null and ${t.needId} is not null`),
    uniqueIndex('prompts_one_return')
      .on(t.workspaceId, t.accountId, t.namedRepId)
      .where(sql`${t.closedAt} is null and ${t.question} = 'return'`),
    index('prompts_named')
      .on(t.workspaceId, t.namedRepId)
      .where(sql`${t.closedAt} is null and ${t.namedRepId} is not null`),
    index('prompts_answered_return')
      .on(t.workspaceId, t.factId)
      .where(sql`${t.question} = 'return' and ${t.answerId} is not null`),
    index('prompts_due')
      .on(t.workspaceId, t.dueAt)
      .where(sql`${t.closedAt} is null and ${t.bundleId} is null and ${t.unaskableSince} is null`),
    index('prompts_unaskable')
      .on(t.workspaceId, t.repId, t.unaskableSince)
      .where(sql`${t.closedAt} is null and ${t.unaskableSince} is not null`),
    index('prompts_rep').on(t.workspaceId, t.repId, t.dueAt).where(sql`${t.closedAt} is null`),
    index('prompts_asked_for')
      .on(t.workspaceId, t.askedForId)
      .where(sql`${t.closedAt} is null and ${t.askedForId} is not null`),
    index('prompts_account').on(t.workspaceId, t.accountId),
    index('prompts_engagement').on(t.workspaceId, t.engagementId).where(sql`${t.engagementId} is not null`),
    check(
      'prompts_about',
      sql`${t.question} = 'need' or (${t.question} = 'return') = (${t.engagementId} is null)`,
    ),
    check('prompts_need', sql`(${t.question} = 'need') = (${t.needId} is not null)`),
    check(
      'prompts_named_for',
      sql`(${t.question} in ('promise', 'promised', 'need', 'lost', 'return')) = (${t.namedRepId} is not null)`,
    ),
  ],
);

/** What a workspace has learned from its own deals: each time that it is another number, a version of its playbook. */
export const playbookVersions = pgTable(
  'playbook_versions',
  {
    workspaceId: workspaceId(),
    version: integer('version').notNull(),
    computedAt: at('computed_at').notNull(),
    /** Working days from the close until the client sees the value. */
    valueDays: integer('value_days'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
);

/** The days between two turns with an account, as a version learned them. */
export const accountRhythms = pgTable(
  'account_rhythms',
  {
    workspaceId: workspaceId(),
    accountId: uuid('account_id').notNull(),
    version: integer('version').notNull(),
    days: integer('days'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.accountId, t.version] }),
    foreignKey({
      columns: [t.workspaceId, t.version],
      foreignColumns: [playbookVersions.workspaceId, playbookVersions.version],
    }),
  ],
);

/** What reps said of questions themselves: how often each question is of use is counted from here. */
export const promptFeedback = pgTable(
  'prompt_feedback',
  {
    workspaceId: workspaceId(),
    /** A prompt that comes again may again be of no use; one click counts once. */
    key: text('key').notNull(),
    promptId: uuid('prompt_id').notNull(),
    repId: uuid('rep_id').notNull(),
    question: text('question').$type<Question>().notNull(),
    /** How often it had been asked. */
    asked: integer('asked').notNull(),
    reason: text('reason').$type<NotUseful>().notNull(),
    at: at('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.key] }),
    index('prompt_feedback_question').on(t.workspaceId, t.question, t.at),
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
    /** Attempts after which nobody knew whether Slack has it. */
    ambiguousAttempts: integer('ambiguous_attempts').notNull().default(0),
    /** When Slack was asked for it after the last attempt, and did not have it; null while it may. */
    foundAbsentAt: at('found_absent_at'),
    /** Until then one worker is at it, or it waits for its next try. */
    leasedUntil: at('leased_until'),
    deliveredAt: at('delivered_at'),
    channelId: text('channel_id'),
    messageTs: text('message_ts'),
    error: text('error'),
    /** Since when some of its questions have a newer message: there they are to be drawn as one line. */
    foldSince: at('fold_since'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('bundles_to_fold').on(t.workspaceId, t.foldSince).where(sql`${t.foldSince} is not null`),
    // Promise 2: at most one bundle on its way per rep.
    uniqueIndex('bundles_one_on_its_way').on(t.workspaceId, t.repId).where(sql`${t.status} = 'on_its_way'`),
    index('bundles_rep').on(t.workspaceId, t.repId, t.claimedAt),
    // Closes go before the day's bundles.
    index('bundles_on_their_way')
      .on(t.workspaceId, t.urgent.desc().nullsFirst(), t.claimedAt, t.id)
      .where(sql`${t.status} = 'on_its_way'`),
    index('bundles_message').on(t.workspaceId, t.channelId, t.messageTs),
  ],
);

/** The Home tab of each rep who opened it: what of it they look at, and which drawing of it they have. */
export const homes = pgTable(
  'homes',
  {
    workspaceId: workspaceId(),
    repId: uuid('rep_id').notNull(),
    /** From which of the open questions on, and of which account only. */
    offset: integer('offset').notNull().default(0),
    accountId: uuid('account_id'),
    /** Grows with each change that Home shows; what was drawn is as new as the number drawn. */
    wanted: integer('wanted').notNull().default(0),
    drawn: integer('drawn').notNull().default(0),
    openedAt: at('opened_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.repId] })],
);

/** Which run sends a workspace's bundles: one at a time among all replicas. */
export const sendingLeases = pgTable('sending_leases', {
  workspaceId: workspaceId().primaryKey(),
  holderId: uuid('holder_id').notNull(),
  leasedUntil: at('leased_until').notNull(),
});

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

/** What was typed on pages of a form that are not on screen, until the form is kept or a day has passed. */
export const formDrafts = pgTable(
  'form_drafts',
  {
    workspaceId: workspaceId(),
    /** Slack's id of the first view of the form. */
    rootViewId: text('root_view_id').notNull(),
    inputs: jsonb('inputs').$type<Record<string, string>>().notNull(),
    savedAt: at('saved_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.rootViewId] }),
    index('form_drafts_saved').on(t.workspaceId, t.savedAt),
  ],
);
