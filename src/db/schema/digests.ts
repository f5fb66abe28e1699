import { index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { at, id, workspaceId } from './columns.ts';

/** Channels that get a digest. */
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
    /** Why Slack refused the last digest (the bot is not in the channel …); null since one went through. */
    refusedFor: text('refused_for'),
    /** When whoever subscribed was told so. */
    refusalToldAt: at('refusal_told_at'),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.channelId] }),
    index('digest_subscriptions_due').on(t.workspaceId, t.dueAt),
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
