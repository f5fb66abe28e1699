import { fileURLToPath } from 'node:url';

/** The folder of the generated migrations, for both databases. */
export const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));
