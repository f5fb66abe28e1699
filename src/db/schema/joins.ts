import { sql } from 'drizzle-orm';
import { boolean, check, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at, id, workspaceId } from './columns.ts';

export type JoinKind = 'same_client' | 'same_order' | 'owner';

/**
 * What people say of who is who and which order is which. It wins over the rules until it is taken back; the row stays,
 * with who took it back and when.
 */
export const joins = pgTable(
  'joins',
  {
    workspaceId: workspaceId(),
    id: id(),
    /** The same for every delivery of one click. */
    key: text('key').notNull(),
    kind: text('kind').$type<JoinKind>().notNull(),
    /** An account's id; the deal id of a person's order; an engagement's id. */
    subject: text('subject').notNull(),
    /** The account that it is; the id of the deal's engagement; the rep whose it is. */
    object: text('object').notNull(),
    /** False: they are two. */
    holds: boolean('holds').notNull().default(true),
    repId: uuid('rep_id').notNull(),
    at: at('at').notNull(),
    takenBackBy: uuid('taken_back_by'),
    takenBackAt: at('taken_back_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    unique('joins_key').on(t.workspaceId, t.key, t.subject, t.object),
    index('joins_subject').on(t.workspaceId, t.kind, t.subject),
    index('joins_object').on(t.workspaceId, t.kind, t.object),
    check('joins_taken_back', sql`(${t.takenBackAt} is null) = (${t.takenBackBy} is null)`),
  ],
);
