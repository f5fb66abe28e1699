import type { SeesValue } from '../../domain/cycle/verification.ts';

/** Whether the client sees what the order brought, as it is told afterwards. */
export const SEES: Record<SeesValue, string> = {
  yes: 'They see it',
  partly: 'They partly see it',
  not_yet: "They don't see it yet",
};
