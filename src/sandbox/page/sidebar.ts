/** On the left: who one acts as, and where one may look. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { Avatar } from './avatar.ts';
import { DeskContext } from './desk.ts';
import type { Desk } from './wire.ts';

export interface SidebarProps {
  desk: Desk;
  /** The open conversation's id, or `home`. */
  place: string;
  goTo(user: string, place?: string): void;
}

export function Sidebar({ desk, place, goTo }: SidebarProps): VNode {
  const dm = desk.conversations.find((it) => it.kind === 'dm');
  const channels = desk.conversations.filter((it) => it.kind === 'channel');
  return html`<nav class="sidebar" aria-label="Workspace">
    <div class="workspace"><img src="/page/door.svg" alt="" width="28" height="28" /><strong>${desk.team}</strong></div>
    <${ActAs} desk=${desk} goTo=${goTo} />
    <h2>App</h2>
    <ul>
      ${
        dm &&
        html`<${Place}
          label=${dm.name}
          testId="conversation:dm"
          current=${place === dm.id || place === 'home'}
          unread=${dm.unread}
          onOpen=${() => goTo(desk.me, dm.id)}
        ><${Avatar} userId=${desk.app.userId} size=${20} /><//>`
      }
    </ul>
    <h2>Channels</h2>
    <ul>
      ${channels.map(
        (channel) => html`<${Place}
          key=${channel.id}
          label=${channel.name}
          testId=${`conversation:${channel.name}`}
          current=${place === channel.id}
          unread=${channel.unread}
          onOpen=${() => goTo(desk.me, channel.id)}
        ><span class="hash" aria-hidden="true">#</span><//>`,
      )}
    </ul>
  </nav>`;
}

function ActAs({ desk, goTo }: Pick<SidebarProps, 'desk' | 'goTo'>): VNode {
  const tools = useContext(DeskContext);
  const actors = desk.people.filter(
    (person) => !person.isBot && !person.deleted && person.id !== tools.botUserId,
  );
  return html`
    <h2 id="act-as">Act as</h2>
    <ul class="act-as" aria-labelledby="act-as">
      ${actors.map(
        (person) => html`<li key=${person.id}>
          <button
            type="button"
            class=${person.id === desk.me ? 'person is-current' : 'person'}
            aria-pressed=${person.id === desk.me}
            data-testid=${`act-as:${person.handle}`}
            onClick=${() => goTo(person.id)}
          >
            <${Avatar} userId=${person.id} size=${30} />
            <span class="person-name">${person.name}<small>${person.role ?? cityOf(person.tz)}</small></span>
            <${Unread} count=${person.unread} />
          </button>
        </li>`,
      )}
    </ul>
  `;
}

interface PlaceProps {
  label: string;
  testId: string;
  current: boolean;
  unread: number;
  onOpen(): void;
  children: VNode;
}

function Place({ label, testId, current, unread, onOpen, children }: PlaceProps): VNode {
  return html`<li>
    <button
      type="button"
      class=${`place ${current ? 'is-current' : ''} ${unread ? 'is-unread' : ''}`}
      aria-current=${current ? 'page' : undefined}
      data-testid=${testId}
      onClick=${onOpen}
    >${children}<span class="place-name">${label}</span><${Unread} count=${unread} /></button>
  </li>`;
}

function Unread({ count }: { count: number }): VNode | null {
  return count > 0
    ? html`<span class="unread" data-testid="unread" aria-label=${`${count} unread`}>${count}</span>`
    : null;
}

function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
