import type { HandOverEnd, HandOverMessageKind } from '../../domain/who/hand-over.ts';
import type { EngagementView } from '../show/views.ts';

export interface ColleagueInSlack {
  name: string;
  slackUserId: string | null;
}

/** A deal that a rep would like a colleague to take on. */
export interface HandOverView {
  handOverId: string;
  account: { id: string; name: string };
  engagement: EngagementView;
  /** Whose it was, who proposed it, to whom, and who is asked now. */
  from: ColleagueInSlack;
  by: ColleagueInSlack;
  to: ColleagueInSlack;
  asked: ColleagueInSlack;
  line: string | null;
  proposedAt: Date;
  /** What became of it; null while it waits. */
  ending: HandOverEnd | null;
  endedAt: Date | null;
  endedBy: ColleagueInSlack | null;
  /** The fact that it became, while that is in force. */
  factId: string | null;
}

export interface HandOverMessageView {
  messageId: string;
  kind: HandOverMessageKind;
  handOver: HandOverView;
  /** Of whoever reads it. */
  timeZone: string;
  today: string;
}
