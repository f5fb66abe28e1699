import { sql } from 'drizzle-orm';
import {
  boolean,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Playbook } from '../../domain/asking/playbook.ts';
import { at, id, workspaceId } from './columns.ts';

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
