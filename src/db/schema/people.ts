import { sql } from 'drizzle-orm';
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Playbook, Slowed } from '../../domain/asking/playbook.ts';
import type { TimeOff } from '../../domain/asking/workday.ts';
import type { Role } from '../../domain/who/owner.ts';
import { at, id, workspaceId } from './columns.ts';

/** A Slack workspace; its id is Slack's team id. */
export const workspaces = pgTable('workspaces', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Its address in Slack, https://acme.slack.com/, which links to messages begin with. */
  url: text('url'),
  createdAt: at('created_at').notNull(),
  /** When all of its people were last read to the end. */
  peopleReadAt: at('people_read_at'),
  /** Where a reading that is under way goes on, and when it began. */
  peopleCursor: text('people_cursor'),
  peopleReadSince: at('people_read_since'),
  /** When its own numbers were last learned. */
  learnedAt: at('learned_at'),
});

/** What a workspace set differently from the defaults. */
export const playbooks = pgTable('playbooks', {
  workspaceId: text('workspace_id').primaryKey(),
  settings: jsonb('settings').$type<Partial<Playbook>>().notNull(),
  updatedAt: at('updated_at').notNull(),
});

/**
 * Somebody who owns engagements: a Slack user, or an owner as sources name one, by e-mail or by a name alone. An owner
 * who turns out to be somebody with a row of their own is joined to that row, and parted from it when that was wrong.
 */
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
    /** Slack's locale (`en-GB`): how numbers and days are written for them. */
    locale: text('locale'),
    /** Minutes after local midnight; null means the start of the working hours. */
    promptAt: smallint('prompt_at'),
    /** Working hours in such minutes, and ISO weekdays, of their own; null means the playbook's. */
    hoursFrom: smallint('hours_from'),
    hoursTo: smallint('hours_to'),
    days: jsonb('days').$type<number[]>(),
    /** Whose public holidays are theirs: `PT`, `DE-BY`, or `none`; null goes by the playbook or the zone. */
    holidaysIn: text('holidays_in'),
    /** Days off that they named. */
    daysOff: jsonb('days_off').$type<TimeOff[]>().notNull().default([]),
    /** While they are away: the first day, the day of coming back, and who gets what cannot wait (null: it waits). */
    awayFrom: date('away_from', { mode: 'string' }),
    awayUntil: date('away_until', { mode: 'string' }),
    delegateId: uuid('delegate_id'),
    /** When their being away begins or ends next, so that what cannot wait changes hands. */
    awayTurnsAt: at('away_turns_at'),
    /** Who is asked what was promised and whether it is seen, where clients are passed to customer success. */
    valueTalksId: uuid('value_talks_id'),
    /** Until when a question comes half as often, as it came at a wrong time. */
    slowed: jsonb('slowed').$type<Slowed>().notNull().default({}),
    /** When the first DM told them who writes, and how to be left alone. */
    introducedAt: at('introduced_at'),
    managerId: uuid('manager_id'),
    active: boolean('active').notNull().default(true),
    /** The row of the person whom this owner is; that row itself is never joined. */
    joinedTo: uuid('joined_to'),
    /** When their e-mail was looked for in Slack. */
    lookedUpAt: at('looked_up_at'),
    /** When it was last decided who this is; until then their questions wait for them. */
    identifiedAt: at('identified_at'),
    /** Facts that came since and may change who this is. */
    news: integer('news').notNull().default(0),
    dmChannelId: text('dm_channel_id'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('reps_slack_user').on(t.workspaceId, t.slackUserId),
    index('reps_unmatched').on(t.workspaceId, t.createdAt).where(sql`${t.slackUserId} is null`),
    index('reps_manager').on(t.workspaceId, t.managerId),
    index('reps_joined').on(t.workspaceId, t.joinedTo).where(sql`${t.joinedTo} is not null`),
    index('reps_news').on(t.workspaceId, t.id).where(sql`${t.news} > 0`),
    index('reps_away_turns').on(t.workspaceId, t.awayTurnsAt).where(sql`${t.awayTurnsAt} is not null`),
    index('reps_delegate').on(t.workspaceId, t.delegateId).where(sql`${t.delegateId} is not null`),
    index('reps_value_talks').on(t.workspaceId, t.valueTalksId).where(sql`${t.valueTalksId} is not null`),
    index('reps_unreachable').on(t.workspaceId, t.id).where(sql`not ${t.active} or ${t.slackUserId} is null`),
  ],
);

/** How sources name an owner: `email:…`, `slack:…`, or `name:…` where a name is all they say; folded. */
export const repAliases = pgTable(
  'rep_aliases',
  { workspaceId: workspaceId(), alias: text('alias').notNull(), repId: uuid('rep_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.alias] }),
    foreignKey({ columns: [t.workspaceId, t.repId], foreignColumns: [reps.workspaceId, reps.id] }),
  ],
);

/** The names that sources give an owner beside the e-mail: what may tell whom a name alone means. */
export const repNames = pgTable(
  'rep_names',
  {
    workspaceId: workspaceId(),
    /** Folded. */
    nameKey: text('name_key').notNull(),
    repId: uuid('rep_id').notNull(),
    name: text('name').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.nameKey, t.repId] }),
    foreignKey({ columns: [t.workspaceId, t.repId], foreignColumns: [reps.workspaceId, reps.id] }),
    index('rep_names_rep').on(t.workspaceId, t.repId),
  ],
);

/** Everybody whom Slack lists in a workspace, as it last told of them; no bots, nobody of other companies. */
export const people = pgTable(
  'people',
  {
    workspaceId: workspaceId(),
    slackUserId: text('slack_user_id').notNull(),
    name: text('name').notNull(),
    realName: text('real_name').notNull(),
    displayName: text('display_name').notNull(),
    email: text('email'),
    /** The same folded, for look-ups. */
    realNameKey: text('real_name_key').notNull(),
    displayNameKey: text('display_name_key').notNull(),
    emailKey: text('email_key'),
    /** IANA zone. */
    timeZone: text('time_zone'),
    locale: text('locale'),
    /** False for those who left. */
    active: boolean('active').notNull(),
    guest: boolean('guest').notNull(),
    role: text('role').$type<Role>(),
    updatedAt: at('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.slackUserId] }),
    index('people_email').on(t.workspaceId, t.emailKey),
    index('people_real_name').on(t.workspaceId, t.realNameKey),
    index('people_display_name').on(t.workspaceId, t.displayNameKey),
    index('people_role').on(t.workspaceId, t.role).where(sql`${t.role} is not null`),
  ],
);

/** What an admin is told once a week of the questions that nobody could be asked. */
export const adminSummaries = pgTable(
  'admin_summaries',
  {
    workspaceId: workspaceId(),
    id: id(),
    repId: uuid('rep_id').notNull(),
    /** The morning it is for. */
    dueAt: at('due_at').notNull(),
    attemptedAt: at('attempted_at'),
    deliveredAt: at('delivered_at'),
    error: text('error'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('admin_summaries_week').on(t.workspaceId, t.repId, t.dueAt),
    foreignKey({ columns: [t.workspaceId, t.repId], foreignColumns: [reps.workspaceId, reps.id] }),
  ],
);

export type NoticeKind =
  /** Somebody who goes away asked them to look after what cannot wait. */
  | 'asked_to_stand_in'
  /** The one whom they asked would rather not. */
  | 'stand_in_declined'
  /** Whom they stood in for is back. */
  | 'stand_in_over';

/** A word to a rep that is no question. It goes out in their working time. */
export const notices = pgTable(
  'notices',
  {
    workspaceId: workspaceId(),
    id: id(),
    repId: uuid('rep_id').notNull(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    /** Whom it is about. */
    aboutId: uuid('about_id').notNull(),
    /** The day that it tells: of coming back. */
    on: date('on', { mode: 'string' }),
    dueAt: at('due_at').notNull(),
    attemptedAt: at('attempted_at'),
    deliveredAt: at('delivered_at'),
    error: text('error'),
    createdAt: at('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    index('notices_due').on(t.workspaceId, t.dueAt).where(sql`${t.attemptedAt} is null`),
    foreignKey({ columns: [t.workspaceId, t.repId], foreignColumns: [reps.workspaceId, reps.id] }),
  ],
);
