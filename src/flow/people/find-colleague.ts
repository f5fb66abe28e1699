import type { Rep } from '../../db/who/rep.ts';
import { isReachable } from '../../domain/who/owner.ts';
import type { Flow } from '../ports.ts';
import { ensureRep, NoRepError, type Who } from './ensure-rep.ts';

/** Somebody whom a rep named to be asked in their place; null for a bot, a stranger, and whoever cannot be reached. */
export async function findColleague(flow: Flow, who: Who): Promise<Rep | null> {
  try {
    const rep = await ensureRep(flow, who);
    return isReachable(rep) ? rep : null;
  } catch (error) {
    if (error instanceof NoRepError) return null;
    throw error;
  }
}
