import { DAY_MS } from '../durations.ts';
import type { Money } from '../money.ts';
import type { Stage } from './stage.ts';

export type DealStatus = 'open' | 'won' | 'lost' | 'deleted';

/** How a source names a client. Without an id the name is all there is. */
export interface AccountRef {
  id?: string | undefined;
  /** Whose id it is, where a person chose an account that another source knows; else the update's own source. */
  source?: string | undefined;
  name: string;
}

/** How a source names an owner: by e-mail where it can, else by name. */
export interface OwnerRef {
  email?: string | undefined;
  name?: string | undefined;
  /** Only where Slack itself is the source. */
  slackUserId?: string | undefined;
}

/** The sources that are people: what they type in Slack, and what they begin from a need before any deal exists. */
export const TYPED_SOURCE = 'slack';
export const BEGUN_SOURCE = 'whatsnext';
export const PEOPLE_SOURCES: readonly string[] = [TYPED_SOURCE, BEGUN_SOURCE];

/** What any source of deals is turned into. A field that a source does not give changes nothing. */
export interface DealUpdate {
  source: string;
  /** Unique within the source: the same event twice is the same event. */
  eventId: string;
  occurredAt: Date;
  dealId: string;
  /** A source that deletes a deal may no longer say whose it was. */
  account?: AccountRef | undefined;
  status: DealStatus;
  owner?: OwnerRef | undefined;
  name?: string | undefined;
  /** Where people open the deal in its source. */
  url?: string | undefined;
  stage?: Stage | undefined;
  amount?: Money | undefined;
  openedAt?: Date | undefined;
  closedAt?: Date | undefined;
}

/**
 * A won deal whose close lies further back than this, when it is received, is history: it is kept and counted
 * but nobody is asked about it. Rule: "History must not wake everybody up"; `--prompt-since` of the import.
 */
export const HISTORY_AFTER_DAYS = 30;

/** True when a close at `closedAt` is too old, at `receivedAt`, to ask a rep about. */
export function isHistory(update: DealUpdate, receivedAt: Date, afterDays = HISTORY_AFTER_DAYS): boolean {
  const closedAt = update.closedAt ?? update.occurredAt;
  return update.status === 'won' && receivedAt.getTime() - closedAt.getTime() > afterDays * DAY_MS;
}
