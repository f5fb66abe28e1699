import { numeric, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Every key begins with the workspace (promise 7), so that the tables can be distributed on it. */
export const workspaceId = () => text('workspace_id').notNull();
/** UUIDv7, made by the application. */
export const id = () => uuid('id').notNull();
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const decimal = (name: string) => numeric(name, { precision: 19, scale: 4 });
