/** The open conversation: its messages by day, threads under their message, and the composer. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { StandInConversation } from '../stand-in/types.ts';
import { Composer } from './composer.ts';
import { dayName, isoDay } from './dates.ts';
import { DeskContext } from './desk.ts';
import { Message } from './message.ts';
import type { WireMessage } from './wire.ts';

export function Conversation({
  conversation,
  messages,
  look,
}: {
  conversation: StandInConversation;
  messages: WireMessage[];
  /** The message that a permalink leads to; empty for none. */
  look: string;
}): VNode {
  const list = useStickyBottom(messages, useContext(DeskContext).me);
  useLookAt(
    look,
    messages.some((it) => it.ts === look),
  );
  const name = conversation.kind === 'dm' ? conversation.name : `#${conversation.name}`;
  return html`
    <div class="messages" ref=${list} data-testid="messages" role="log" aria-label=${`Messages in ${name}`} tabindex="0">
      ${messages.length === 0 && html`<${Empty} conversation=${conversation} />`}
      <ol><${Days} messages=${messages} /></ol>
    </div>
    <${Composer} key=${conversation.id} channel=${conversation.id} label=${`Message ${name}, or / for a command`} />
  `;
}

function Empty({ conversation }: { conversation: StandInConversation }): VNode {
  const lines =
    conversation.kind === 'dm'
      ? ['Nothing here yet.', 'Win a deal on the right, or type /whatsnext below.']
      : [
          'Nothing here yet.',
          conversation.botIsMember ? 'The app is in this channel.' : 'The app is not in this channel.',
        ];
  return html`<div class="empty">
    <img src="/page/door.svg" alt="" width="48" height="48" />
    ${lines.map((line) => html`<p>${line}</p>`)}
  </div>`;
}

const FOLLOWS_WITHIN_MS = 5 * 60_000;

function Days({ messages }: { messages: WireMessage[] }): VNode {
  const desk = useContext(DeskContext);
  const known = new Set(messages.map((it) => it.ts));
  const isReply = (it: WireMessage) =>
    it.threadTs !== undefined && it.threadTs !== it.ts && known.has(it.threadTs);
  const roots = messages.filter((it) => !isReply(it));
  return html`${roots.map((message, i) => {
    const before = roots[i - 1];
    const at = new Date(message.postedAt);
    const newDay = !before || isoDay(new Date(before.postedAt), desk.zone) !== isoDay(at, desk.zone);
    const replies = messages.filter((it) => isReply(it) && it.threadTs === message.ts);
    return html`
      ${newDay && html`<li class="day" key=${`day ${message.ts}`}><span>${dayName(at, desk.zone, desk.now())}</span></li>`}
      <${Message}
        key=${`${desk.me} ${message.ts}`}
        message=${message}
        replies=${replies}
        follows=${!newDay && follows(before, message)}
      />
    `;
  })}`;
}

function follows(before: WireMessage | undefined, message: WireMessage): boolean {
  if (!before || before.user !== message.user || message.ephemeralFor || before.ephemeralFor) return false;
  return Date.parse(message.postedAt) - Date.parse(before.postedAt) < FOLLOWS_WITHIN_MS;
}

/** Brings the message that somebody followed a link to into sight, and the focus to it. */
function useLookAt(ts: string, isThere: boolean): void {
  useEffect(() => {
    const message = isThere ? document.querySelector<HTMLElement>(`[data-ts="${CSS.escape(ts)}"]`) : null;
    message?.scrollIntoView({ block: 'center' });
    message?.focus({ preventScroll: true });
  }, [ts, isThere]);
}

/** Whoever is that near to the newest message reads it. */
const NEAR_PX = 240;

/** New messages scroll into sight; those of others not while the reader has scrolled up to read. */
function useStickyBottom(messages: WireMessage[], me: string) {
  const list = useRef<HTMLDivElement>(null);
  const shown = useRef({ count: 0, height: 0 });
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const { count, height } = shown.current;
    // Measured without what has just been drawn, which may be taller than any distance.
    const wasNear = height - box.scrollTop - box.clientHeight < NEAR_PX;
    const newest = messages.slice(count);
    const own = newest.some((it) => !it.threadTs && (it.user === me || it.ephemeralFor === me));
    if (count === 0 || own || (newest.length > 0 && wasNear)) box.scrollTop = box.scrollHeight;
    shown.current = { count: messages.length, height: box.scrollHeight };
  });
  return list;
}
