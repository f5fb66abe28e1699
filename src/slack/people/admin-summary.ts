import type { AdminSummaryView } from '../../flow/show/views.ts';
import { MESSAGE_TEXT } from '../kit/limits.ts';
import { clip, context, type Message, said, section } from '../kit/text.ts';

const WHY =
  "I can't find their owners in Slack, and nobody I can reach leads them. I keep them all, and ask nobody until then.";
const WHAT_HELPS =
  'As soon as an owner is here under the e-mail or the name that your CRM uses, or I know who leads them, I ask about their deals. An import of your teams tells me who leads whom.';

/** What an admin reads once a week: whose deals nobody could be asked about. */
export function adminSummaryMessage({ kept }: AdminSummaryView): Message {
  const title = `*Nobody to ask about ${clients(kept.reduce((sum, one) => sum + one.count, 0))}*`;
  const lines = kept.map(({ owner, accounts, count }) => {
    const names = accounts.map((name) => said(name, 60)).join(', ');
    const more = count - accounts.length;
    return `• *${said(owner, 60)}*: ${names}${more > 0 ? ` and ${more} more` : ''}`;
  });
  return {
    text: clip([title, WHY, ...lines].join('\n'), MESSAGE_TEXT),
    blocks: [section(`${title}\n${WHY}`), section(clip(lines.join('\n'), 2_900)), context(WHAT_HELPS)],
  };
}

function clients(count: number): string {
  return count === 1 ? 'one client' : `${count} clients`;
}
