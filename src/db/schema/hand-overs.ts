import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { HandOverEnd, HandOverMessageKind } from '../../domain/who/hand-over.ts';
import { at, id, workspaceId } from './columns.ts';
import { engagements } from './cycle.ts';
import { reps } from './people.ts';

/** A deal that a rep would like a colleague to take on. It stays the rep's until the colleague does. */
export const handOvers = pgTable(
  'hand_overs',
  {
    workspaceId: workspaceId(),
    id: id(),
    engagementId: uuid('engagement_id').notNull(),
    /** Whose it was when it was proposed, and who proposed it: they, or who leads them. */
    fromId: uuid('from_id').notNull(),
    byId: uuid('by_id').notNull(),
    toId: uuid('to_id').notNull(),
    /** Who is asked now: the colleague, later who leads the giver. */
    askedId: uuid('asked_id').notNull(),
    line: text('line'),
    proposedAt: at('proposed_at').notNull(),
    /** When it goes to the giver's manager; null once it is there. */
    goesUpAt: at('goes_up_at'),
    ending: text('ending').$type<HandOverEnd>(),
    endedAt: at('ended_at'),
    endedById: uuid('ended_by_id'),
    /** The fact that it became. */
    answerId: uuid('answer_id'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    foreignKey({
      columns: [t.workspaceId, t.engagementId],
      foreignColumns: [engagements.workspaceId, engagements.id],
    }),
    foreignKey({ columns: [t.workspaceId, t.fromId], foreignColumns: [reps.workspaceId, reps.id] }),
    foreignKey({ columns: [t.workspaceId, t.toId], foreignColumns: [reps.workspaceId, reps.id] }),
    /** One at a time. */
    uniqueIndex('hand_overs_open').on(t.workspaceId, t.engagementId).where(sql`${t.endedAt} is null`),
    check('hand_overs_ended', sql`(${t.ending} is null) = (${t.endedAt} is null)`),
    check('hand_overs_taken', sql`(${t.ending} = 'taken') = (${t.answerId} is not null)`),
  ],
);

/** DMs about hand-overs: each reaches Slack once, and is drawn anew when somebody has decided. */
export const handOverMessages = pgTable(
  'hand_over_messages',
  {
    workspaceId: workspaceId(),
    id: id(),
    handOverId: uuid('hand_over_id').notNull(),
    repId: uuid('rep_id').notNull(),
    kind: text('kind').$type<HandOverMessageKind>().notNull(),
    dueAt: at('due_at').notNull(),
    /** When it was first tried: it is on its way, there, or ended in the dark. */
    attemptedAt: at('attempted_at'),
    deliveredAt: at('delivered_at'),
    channelId: text('channel_id'),
    messageTs: text('message_ts'),
    /** It will not be sent: Slack refuses it for good, or there is nothing to say any more. */
    droppedAt: at('dropped_at'),
    error: text('error'),
    /** What is in Slack is not what it should look like now. */
    isStale: boolean('is_stale').notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.id] }),
    foreignKey({
      columns: [t.workspaceId, t.handOverId],
      foreignColumns: [handOvers.workspaceId, handOvers.id],
    }),
    index('hand_over_messages_of').on(t.workspaceId, t.handOverId),
    index('hand_over_messages_due')
      .on(t.workspaceId, t.dueAt)
      .where(sql`${t.droppedAt} is null and (${t.deliveredAt} is null or ${t.isStale})`),
  ],
);
