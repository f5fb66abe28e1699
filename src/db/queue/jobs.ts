import type { JoinChange } from '../who/account-name.ts';

/** Jobs by queue. A job only names what to look up: the truth is in the tables when it runs. */
export interface Jobs {
  /** Takes the stored deal updates of a workspace that are not applied yet into their engagements. */
  'apply-deal-updates': { workspaceId: string };
  /** Brings what is named by accounts known by name only to where these are now. */
  'follow-names': { workspaceId: string; changes: readonly JoinChange[] };
  /** Brings the bundles on their way to Slack. */
  'send-bundles': { workspaceId: string };
  /** Draws a bundle's DM anew, after one of its prompts was answered or overtaken. */
  'redraw-bundle': { workspaceId: string; bundleId: string };
  /** Folds questions to one line in messages that are not the latest to ask them. */
  'fold-messages': { workspaceId: string };
  /** Draws a rep's Home tab anew, where something that it shows has changed. */
  'redraw-home': { workspaceId: string; repId: string };
  /** Brings a digest to its channel. */
  'send-digest': { workspaceId: string; digestId: string };
  /** Tells whoever subscribed that Slack refuses a channel's digest. */
  'tell-refused-digest': { workspaceId: string; channelId: string };
  /** Tells an admin what nobody could be asked. */
  'send-admin-summary': { workspaceId: string; summaryId: string };
  /** Tells a rep something that is no question. */
  'send-notice': { workspaceId: string; noticeId: string };
  /** Brings a DM about a hand-over to Slack, or draws it anew there. */
  'bring-hand-over': { workspaceId: string; messageId: string };
  /** Decides who the owners are of whom there is news. */
  'identify-owners': { workspaceId: string };
  /** Reads everybody in the workspace. */
  'read-people': { workspaceId: string };
}

export type QueueName = keyof Jobs;

export interface QueueOptions {
  retryLimit: number;
  /** Seconds before the first retry; the pauses grow up to `retryDelayMax`. */
  retryDelay: number;
  retryDelayMax: number;
  /** A job that takes longer counts as failed, for its process may be dead. */
  expireInSeconds: number;
  /** `singleton`: one job at a time of those with the same singleton key. */
  policy?: 'standard' | 'singleton';
}

export const QUEUES: Record<QueueName, QueueOptions> = {
  'apply-deal-updates': { retryLimit: 20, retryDelay: 1, retryDelayMax: 300, expireInSeconds: 120 },
  'follow-names': { retryLimit: 20, retryDelay: 1, retryDelayMax: 300, expireInSeconds: 120 },
  'send-bundles': { retryLimit: 20, retryDelay: 2, retryDelayMax: 600, expireInSeconds: 120 },
  'redraw-bundle': {
    retryLimit: 10,
    retryDelay: 2,
    retryDelayMax: 300,
    expireInSeconds: 60,
    policy: 'singleton',
  },
  'fold-messages': {
    retryLimit: 10,
    retryDelay: 5,
    retryDelayMax: 600,
    expireInSeconds: 120,
    policy: 'singleton',
  },
  'redraw-home': {
    retryLimit: 5,
    retryDelay: 2,
    retryDelayMax: 60,
    expireInSeconds: 60,
    policy: 'singleton',
  },
  'send-digest': { retryLimit: 40, retryDelay: 5, retryDelayMax: 600, expireInSeconds: 60 },
  'tell-refused-digest': { retryLimit: 40, retryDelay: 5, retryDelayMax: 600, expireInSeconds: 60 },
  'send-admin-summary': { retryLimit: 40, retryDelay: 5, retryDelayMax: 600, expireInSeconds: 60 },
  'send-notice': { retryLimit: 40, retryDelay: 5, retryDelayMax: 600, expireInSeconds: 60 },
  'bring-hand-over': { retryLimit: 10, retryDelay: 5, retryDelayMax: 600, expireInSeconds: 60 },
  'identify-owners': { retryLimit: 5, retryDelay: 10, retryDelayMax: 600, expireInSeconds: 300 },
  'read-people': { retryLimit: 5, retryDelay: 10, retryDelayMax: 600, expireInSeconds: 300 },
};
