import { sql } from 'drizzle-orm';
import {
  boolean,
  char,
  check,
  date,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { DealUpdate } from '../../domain/cycle/deal-update.ts';
import type { KeptPromise, Repair } from '../../domain/cycle/promise.ts';
import type { Ending, Stage } from '../../domain/cycle/stage.ts';
import type { AskingHow, Besides } from '../../domain/cycle/standing.ts';
import type { Certainty } from '../../domain/who/same-order.ts';
import { at, decimal, id, workspaceId } from './columns.ts';
import { reps } from './people.ts';

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
    /**
     * The one that it is part of: of an account known by name only the one that bears the name now, while only one does;
     * else the one that people said is the same client.
     */
    joinsId: uuid('joins_id'),
    /** Set while the returns there are still to be planned, since when: see planPendingReturns(). */
    returnsPendingSince: at('returns_pending_since'),
    /** When its name was last given: the latest wins. */
    namedAt: at('named_at').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('accounts_external').on(t.workspaceId, t.source, t.externalId),
    uniqueIndex('accounts_by_name_only').on(t.workspaceId, t.nameKey).where(sql`${t.externalId} is null`),
    index('accounts_name').on(t.workspaceId, t.nameKey),
    index('accounts_joins').on(t.workspaceId, t.joinsId).where(sql`${t.joinsId} is not null`),
    index('accounts_returns_pending')
      .on(t.workspaceId, t.returnsPendingSince)
      .where(sql`${t.returnsPendingSince} is not null`),
  ],
);

/** Names that accounts bear or are called by, folded: which account a name leads to is decided under its row's lock. */
export const accountNames = pgTable(
  'account_names',
  { workspaceId: workspaceId(), nameKey: text('name_key').notNull() },
  (t) => [primaryKey({ columns: [t.workspaceId, t.nameKey] })],
);

/** Accounts known by name only that joined another, or parted from it, while what they name has not all moved on. */
export const joinChanges = pgTable(
  'join_changes',
  {
    workspaceId: workspaceId(),
    namedId: uuid('named_id').notNull(),
    /** Where what it names may still be. */
    fromId: uuid('from_id').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.namedId, t.fromId] })],
);

/** One turn of the cycle with an account: where its facts say it stands. */
export const engagements = pgTable(
  'engagements',
  {
    workspaceId: workspaceId(),
    id: id(),
    /** The account it is with: the named one, or the one that it joins. */
    accountId: uuid('account_id').notNull(),
    /** The account as the source names it, by id or by name only. */
    namedAccountId: uuid('named_account_id').notNull(),
    /** Who is asked: the named owner, or whoever stands in for them. */
    ownerId: uuid('owner_id').notNull(),
    /** Whom the source names as the owner, or who took it on. */
    namedOwnerId: uuid('named_owner_id').notNull(),
    /** Whom the source names, where somebody else took it on; null while nobody did. */
    handedFromId: uuid('handed_from_id'),
    source: text('source').notNull(),
    dealId: text('deal_id').notNull(),
    name: text('name'),
    /** Where people open the deal in its source. */
    url: text('url'),
    stage: text('stage').$type<Stage>().notNull(),
    ending: text('ending').$type<Ending>(),
    endedAt: at('ended_at'),
    openedAt: at('opened_at').notNull(),
    wonAt: at('won_at'),
    verifiedAt: at('verified_at'),
    /** When a value last changed or somebody last said something. */
    movedAt: at('moved_at').notNull(),
    amount: decimal('amount'),
    currency: char('currency', { length: 3 }),
    /** The amount is what a person told of the same order: the source said nothing. */
    amountIsTold: boolean('amount_is_told').notNull().default(false),
    askingFactId: text('asking_fact_id').notNull(),
    askingSince: at('asking_since').notNull(),
    askingOn: date('asking_on', { mode: 'string' }),
    askingHow: text('asking_how').$type<AskingHow>().notNull(),
    /** What is asked beside the question of the stage: see domain/cycle/standing.ts. */
    beside: jsonb('beside').$type<Besides>().notNull().default({}),
    promise: jsonb('promise').$type<KeptPromise>(),
    repair: jsonb('repair').$type<Repair>(),
    /** When last asked the client did not see it, or only partly: nobody offers them more until it is put right. */
    unseen: boolean('unseen').notNull().default(false),
    returnReason: text('return_reason'),
    parentId: uuid('parent_id'),
    needId: uuid('need_id'),
    /** Of a person's order: the CRM deal that is the same, and how sure that is. */
    sameAsId: uuid('same_as_id'),
    sameAsHow: text('same_as_how').$type<Certainty>(),
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
    index('engagements_account').on(t.workspaceId, t.accountId, t.namedOwnerId, t.endedAt),
    index('engagements_open_owner')
      .on(t.workspaceId, t.ownerId, t.askingSince)
      .where(sql`${t.ending} is null`),
    index('engagements_named_owner').on(t.workspaceId, t.namedOwnerId),
    index('engagements_waiting').on(t.workspaceId, t.askingSince).where(sql`${t.ending} is null`),
    index('engagements_won').on(t.workspaceId, t.wonAt).where(sql`${t.wonAt} is not null`),
    index('engagements_verified').on(t.workspaceId, t.verifiedAt).where(sql`${t.verifiedAt} is not null`),
    index('engagements_promised')
      .on(t.workspaceId, t.ownerId)
      .where(sql`${t.promise} is not null and ${t.verifiedAt} is null`),
    index('engagements_unseen').on(t.workspaceId, t.accountId).where(sql`${t.unseen}`),
    index('engagements_same_as').on(t.workspaceId, t.sameAsId).where(sql`${t.sameAsId} is not null`),
    index('engagements_told')
      .on(t.workspaceId, t.accountId)
      .where(sql`${t.source} in ('slack', 'whatsnext')`),
    check('engagements_same_as', sql`(${t.sameAsId} is null) = (${t.sameAsHow} is null)`),
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
