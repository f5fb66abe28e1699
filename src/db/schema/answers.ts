import { sql } from 'drizzle-orm';
import {
  char,
  check,
  date,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Answer } from '../../domain/cycle/answer.ts';
import type { HeardNeed, NeedOutcome } from '../../domain/cycle/need.ts';
import type { Stage } from '../../domain/cycle/stage.ts';
import type { SeesValue } from '../../domain/cycle/verification.ts';
import type { Money } from '../../domain/money.ts';
import { at, decimal, id, workspaceId } from './columns.ts';

/** What reps said: facts of an engagement, and notes. `key` makes the same click the same answer. */
export const answers = pgTable(
  'answers',
  {
    workspaceId: workspaceId(),
    id: id(),
    key: text('key').notNull(),
    accountId: uuid('account_id'),
    /** The account it was said of; null where it follows its engagement. */
    namedAccountId: uuid('named_account_id'),
    engagementId: uuid('engagement_id'),
    promptId: uuid('prompt_id'),
    /** The need that it is about, where it is about one. */
    needId: uuid('need_id'),
    repId: uuid('rep_id').notNull(),
    at: at('at').notNull(),
    /** For whom it says when to come back to the account, and on which day; without a day, when it was put off. */
    returnFor: uuid('return_for'),
    returnOn: date('return_on', { mode: 'string' }),
    fact: jsonb('fact').$type<StoredFact>().notNull(),
    /** The fact that it takes back: an answer takes its place as well. Ids of deal updates are `source:event`. */
    retracts: text('retracts'),
    /** Since when it has been taken back itself; null while it is in force. */
    retractedAt: at('retracted_at'),
    /** The message in Slack that a note was written in. Edited, it is told again: the latest is what the note says. */
    message: text('message'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('answers_key').on(t.workspaceId, t.key),
    index('answers_engagement').on(t.workspaceId, t.engagementId, t.at),
    index('answers_account').on(t.workspaceId, t.accountId, t.at),
    index('answers_need').on(t.workspaceId, t.needId, t.at).where(sql`${t.needId} is not null`),
    index('answers_rep').on(t.workspaceId, t.repId, t.id),
    index('answers_retracts').on(t.workspaceId, t.retracts).where(sql`${t.retracts} is not null`),
    index('answers_message').on(t.workspaceId, t.message, t.at).where(sql`${t.message} is not null`),
    index('answers_return_account').on(t.workspaceId, t.accountId).where(sql`${t.returnFor} is not null`),
    index('answers_return_for').on(t.workspaceId, t.returnFor).where(sql`${t.returnFor} is not null`),
    check('answers_return_of', sql`${t.returnOn} is null or ${t.returnFor} is not null`),
  ],
);

/** What a row of answers tells. */
export type StoredFact =
  | { begun: Stage; name?: string | undefined; amount?: Money | undefined }
  /** `changedAt`: an ISO time, where it takes another's place, which it has in time as well. */
  | { answer: Answer; changedAt?: string | undefined }
  /** `with`: the taking back that it goes along with. */
  | { retracted: string; with?: string | undefined };

export const verifications = pgTable(
  'verifications',
  {
    workspaceId: workspaceId(),
    id: id(),
    engagementId: uuid('engagement_id').notNull(),
    accountId: uuid('account_id').notNull(),
    repId: uuid('rep_id').notNull(),
    answerId: uuid('answer_id').notNull(),
    who: text('who'),
    seesValue: text('sees_value').$type<SeesValue>().notNull(),
    words: text('words').notNull(),
    measureValue: decimal('measure_value'),
    measureUnit: text('measure_unit'),
    promised: text('promised'),
    heldOn: date('held_on', { mode: 'string' }).notNull(),
    recordedAt: at('recorded_at').notNull(),
    /** Since when its answer has been taken back; null while that is in force. */
    retractedAt: at('retracted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('verifications_answer').on(t.workspaceId, t.answerId),
    index('verifications_account').on(t.workspaceId, t.accountId),
    index('verifications_recorded').on(t.workspaceId, t.recordedAt),
    index('verifications_rep').on(t.workspaceId, t.repId, t.recordedAt),
  ],
);

/** What clients need: each row is what its facts add up to, `heard` and the answers about it. */
export const needs = pgTable(
  'needs',
  {
    workspaceId: workspaceId(),
    id: id(),
    accountId: uuid('account_id').notNull(),
    /** The account it was heard of; null where it follows its engagement. */
    namedAccountId: uuid('named_account_id'),
    /** The engagement in which it was heard; null for one caught outside any. */
    engagementId: uuid('engagement_id'),
    repId: uuid('rep_id').notNull(),
    /** The answer in which it was heard; null for one from before that was kept. */
    answerId: uuid('answer_id'),
    /** As it was heard. */
    heard: jsonb('heard').$type<HeardNeed>().notNull(),
    words: text('words').notNull(),
    estimate: decimal('estimate'),
    currency: char('currency', { length: 3 }),
    neededOn: date('needed_on', { mode: 'string' }),
    /** The fact that named that day, and when. */
    datedBy: text('dated_by'),
    datedAt: at('dated_at'),
    outcome: text('outcome').$type<NeedOutcome>().notNull().default('open'),
    /** The engagement that took it up. */
    takenUpById: uuid('taken_up_by_id'),
    dropReason: text('drop_reason'),
    sameAsId: uuid('same_as_id'),
    heardAt: at('heard_at').notNull(),
    /** Since when its answer has been taken back; null while that is in force. */
    retractedAt: at('retracted_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('needs_account').on(t.workspaceId, t.accountId, t.heardAt),
    index('needs_answer').on(t.workspaceId, t.answerId),
    index('needs_heard').on(t.workspaceId, t.heardAt),
    index('needs_dated')
      .on(t.workspaceId, t.accountId)
      .where(sql`${t.outcome} = 'open' and ${t.neededOn} is not null`),
    check('needs_dated_by', sql`(${t.datedBy} is null) = (${t.datedAt} is null)`),
    check('needs_same', sql`(${t.outcome} = 'same') = (${t.sameAsId} is not null)`),
    index('needs_open_of_rep').on(t.workspaceId, t.repId, t.neededOn).where(sql`${t.outcome} = 'open'`),
    check('needs_taken_up', sql`(${t.outcome} = 'taken_up') = (${t.takenUpById} is not null)`),
  ],
);
