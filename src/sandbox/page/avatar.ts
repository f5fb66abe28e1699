import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { DeskContext } from './desk.ts';

/** A person's initials on a colour of their own, or the app's door. Decoration: the name stands beside it. */
export function Avatar({ userId, size = 36 }: { userId: string; size?: number }): VNode {
  const desk = useContext(DeskContext);
  const box = { width: `${size}px`, height: `${size}px`, fontSize: `${size * 0.38}px` };
  if (userId === desk.botUserId) return html`<img class="avatar" src="/page/door.svg" alt="" style=${box} />`;
  const initials = desk
    .nameOf(userId)
    .split(/\s+/)
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  const hue = [...userId].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 360, 7);
  return html`<span class="avatar" aria-hidden="true" style=${{ ...box, background: `hsl(${hue} 38% 42%)` }}>${initials}</span>`;
}
