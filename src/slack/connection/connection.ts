import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Receiver } from '@slack/bolt';

export type SlackListener = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

/** How Slack reaches us. */
export interface Connection {
  receiver: Receiver;
  /** To be mounted at /slack/events; absent in Socket Mode. */
  requestListener?: SlackListener;
  /** Resolves once Slack can reach us, or when `signal` ends the tries. */
  open(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
