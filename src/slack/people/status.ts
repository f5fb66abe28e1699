import { localDate } from '../../domain/asking/workday.ts';
import type { ShownStatus, StatusView, Waiting } from '../../flow/show/show-status.ts';
import { type Message, onDay, said, sentence, timeOf } from '../kit/text.ts';

/** How the product is doing, in five lines; to who is no admin, who can ask. */
export function statusMessage(shown: ShownStatus): Message {
  if (shown.kind === 'not_admin')
    return sentence('That is for admins of this workspace. Ask one of them to type it.');
  const { status } = shown;
  const { updates, messages, folding } = status.backlog;
  return sentence(
    [
      lastUpdate(status),
      waitingLine(status, updates, 'Deal updates to take in'),
      waitingLine(status, messages, 'Messages on their way'),
      ...(folding.count > 0 ? [waitingLine(status, folding, 'Older messages to fold')] : []),
      unreachable(status),
      likely(status),
    ].join('\n'),
  );
}

function lastUpdate(status: StatusView): string {
  if (status.lastUpdate === null) return '*Last news of a deal:* none yet';
  const { at, source } = status.lastUpdate;
  return `*Last news of a deal:* ${when(status, at)}, from ${said(source, 40)}`;
}

function waitingLine(status: StatusView, { count, since }: Waiting, what: string): string {
  const first = since === null ? '' : `, the first since ${when(status, since)}`;
  return `*${what}:* ${count === 0 ? 'none' : `${count}${first}`}`;
}

function unreachable({ unreachable: owners }: StatusView): string {
  if (owners.length === 0) return '*Owners whom I cannot reach in Slack:* none';
  const named = owners.map(({ name, count }) => `${said(name, 60)} (${count})`).join(', ');
  return `*Owners whom I cannot reach in Slack*, with what waits for them: ${named}`;
}

function likely({ likelyPairs: { total, accounts } }: StatusView): string {
  if (total === 0) return '*Orders that may be one:* none';
  const named = [...new Set(accounts)].map((name) => said(name, 60)).join(', ');
  return `*Orders that may be one:* ${total}, at ${named}`;
}

function when({ now, timeZone }: StatusView, at: Date): string {
  return `${onDay(localDate(timeZone, at), localDate(timeZone, now))} at ${timeOf(at, timeZone)}`;
}
