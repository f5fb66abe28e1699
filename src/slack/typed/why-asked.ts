import type { Who } from '../../flow/people/ensure-rep.ts';
import type { Flow } from '../../flow/ports.ts';
import { showBoard } from '../../flow/show/show-board.ts';
import { showPrompt } from '../../flow/show/show-prompt.ts';
import { hereIn } from '../kit/click.ts';
import { context, type Message, said, section, sentence } from '../kit/text.ts';
import { whyInFull } from '../prompt/why.ts';

/** The first that stand open: whoever wonders about another names its client. */
const MOST_TOLD = 5;

/** Why somebody is asked what stands open for them, most pressing first; with one client only where one is named. */
export async function whyAsked(flow: Flow, who: Who, accountId?: string): Promise<Message> {
  const { workspaceId, slackUserId } = who;
  const board = await showBoard(flow, { workspaceId, slackUserId, accountId, limit: MOST_TOLD });
  const lines: string[] = [];
  for (const { promptId } of board.doors) {
    const shown = await showPrompt(flow, { workspaceId, slackUserId, promptId });
    if (shown.kind !== 'shown') continue;
    const { prompt } = shown;
    lines.push(
      `*${said(prompt.account.name, 80)}* · ${whyInFull(prompt, hereIn(prompt.rep.timeZone, flow))}`,
    );
  }
  if (lines.length === 0) return sentence('Nothing of yours stands open there, so I ask nothing.');
  const more = board.total - board.doors.length;
  const hint = `${more} more: \`/whatsnext why Acme\` tells it of one client.`;
  const [lead = ''] = lines;
  return {
    text: lead,
    blocks: [...lines.map((line) => section(line)), ...(more > 0 ? [context(hint)] : [])],
  };
}
