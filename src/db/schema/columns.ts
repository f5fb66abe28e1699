import { numeric, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Every key begins with the workspace (promise 7), so that the tables can be distributed on it. */
export const workspaceId = () => text('workspace_id').notNull();
/** UUIDv7, made by the application. */
export const id = () => uuid('id').notNull();
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
/** Exact, with the digits that were given: 12 stays 12, and 4514.00 stays 4514.00. */
export const decimal = (name: string) => numeric(name);
