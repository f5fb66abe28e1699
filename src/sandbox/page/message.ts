/** One message: who wrote it, what it says, and the replies under it. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { Avatar } from './avatar.ts';
import { Blocks } from './blocks.ts';
import { Composer } from './composer.ts';
import { clockTime } from './dates.ts';
import { DeskContext } from './desk.ts';
import { parseMrkdwn } from './mrkdwn.ts';
import { ShortcutMenu } from './shortcut-menu.ts';
import { useEntered, useSurface } from './surface.ts';
import { Parts } from './text.ts';
import type { WireMessage } from './wire.ts';

export interface MessageProps {
  message: WireMessage;
  replies: WireMessage[];
  /** Follows a message by the same person within a few minutes: name and picture are left out. */
  follows: boolean;
}

export function Message({ message, replies, follows }: MessageProps): VNode {
  const [replying, setReplying] = useState(false);
  const canReply = !message.ephemeralFor;
  return html`<li class=${`message ${follows ? 'message-follows' : ''}`} tabindex="-1" data-testid="message" data-ts=${message.ts}>
    <${Written} message=${message} follows=${follows} />
    ${canReply && html`<${Tools} message=${message} reply=${() => setReplying(!replying)} />`}
    ${
      (replies.length > 0 || replying) &&
      html`<div class="thread" data-testid="thread">
        ${replies.length > 0 && html`<div class="thread-count">${replies.length === 1 ? '1 reply' : `${replies.length} replies`}</div>`}
        <ol>
          ${replies.map(
            (
              reply,
            ) => html`<li class="message" key=${reply.ts} data-testid="reply-message" data-ts=${reply.ts}>
              <${Written} message=${reply} follows=${false} />
            </li>`,
          )}
        </ol>
        ${
          replying
            ? html`<${Composer}
                channel=${message.channel}
                threadTs=${message.ts}
                label="Reply in thread"
                onDone=${() => setReplying(false)}
              />`
            : html`<button type="button" class="button-plain thread-more" onClick=${() => setReplying(true)}>Reply…</button>`
        }
      </div>`
    }
  </li>`;
}

/** What one can do with a message; in sight where the pointer or the focus is. */
function Tools({ message, reply }: { message: WireMessage; reply(): void }): VNode {
  return html`<div class="message-tools">
    <button
      type="button"
      class="tool-button"
      data-testid="reply"
      title="Reply in thread"
      aria-label="Reply in thread"
      onClick=${reply}
    >↩</button>
    <${ShortcutMenu}
      label="More message shortcuts"
      sign="⋮"
      testId="message-shortcuts"
      on=${{ channel: message.channel, ts: message.ts }}
    />
  </div>`;
}

function Written({ message, follows }: { message: WireMessage; follows: boolean }): VNode {
  const desk = useContext(DeskContext);
  const entered = useEntered();
  const where = { channel: message.channel, ts: message.ts };
  const surface = useSurface(where, message.values, entered);
  const at = new Date(message.postedAt);
  const time = html`<time datetime=${message.postedAt}>${clockTime(at, desk.zone)}</time>`;
  const isApp = message.user === desk.botUserId;
  return html`
    <div class="message-gutter">${follows ? time : html`<${Avatar} userId=${message.user} />`}</div>
    <div class="message-body">
      ${message.ephemeralFor && html`<div class="only-you" data-testid="only-you">◉ Only visible to you</div>`}
      ${
        !follows &&
        html`<div class="message-head">
          <strong>${desk.nameOf(message.user)}</strong> ${isApp && html`<span class="app-badge">APP</span>`} ${time}
        </div>`
      }
      ${
        message.blocks?.length
          ? html`<${Blocks} blocks=${message.blocks} surface=${surface} />`
          : html`<div class="plain-message"><${Parts} of=${parseMrkdwn(message.text)} /></div>`
      }
      ${message.edited && html`<span class="edited" data-testid="edited">(edited)</span>`}
    </div>
  `;
}
