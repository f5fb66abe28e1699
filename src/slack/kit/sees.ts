import type { SeesValue } from '../../domain/cycle/verification.ts';

/** Whether the client sees what the order brought, as it is told afterwards. */
export const SEES: Record<SeesValue, string> = {
  yes: 'They see the value',
  partly: 'They partly see the value',
  not_yet: "They don't see the value yet",
};
