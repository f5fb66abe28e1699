/**
 * The sandbox's page. The address says who looks where: `#U0ANA/D0ANA` (a conversation), `#U0ANA/home`,
 * `#U0ANA/D0ANA/1763889600.000100` (a message in it).
 *
 * Made to be driven by tests; these hold still (`data-testid`):
 *   act-as:HANDLE, conversation:dm, conversation:CHANNEL-NAME, unread       on the left
 *   tab:messages, tab:home, home, notice                                    above and below the conversation
 *   messages, message (data-ts), only-you, edited, reply, thread,
 *   reply-message, thread-composer, thread-send, message-shortcuts          the conversation
 *   composer, send, command-hints, shortcuts, shortcut:CALLBACK-ID          what is written
 *   block:TYPE (data-block-id), element:ACTION-ID, error:BLOCK-ID,
 *   cannot-draw                                                             Block Kit, wherever it stands
 *   modal (data-view-id), modal-submit, modal-close, modal-dismiss,
 *   modal-trouble, confirm, confirm-yes, confirm-no                         modals
 *   panel, deal:ID › win lose move in-slack, new-deal, new-deal-form, log,
 *   clock (data-now), day-off, clock:hour, clock:morning, clock:week,
 *   clock:month                                                             on the right
 * Inputs also answer to their label, buttons to their text, and `aria-busy` is true while the app is asked.
 */
import { html, render } from 'htm/preact';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Shown } from '../stand-in/types.ts';
import { Clock } from './clock.ts';
import { ConfirmDialog, useConfirm } from './confirm.ts';
import { Conversation } from './conversation.ts';
import { DeskContext, type DeskTools, deskTools, post } from './desk.ts';
import { keepFocus } from './focus.ts';
import { useHappen } from './happen.ts';
import { Home } from './home.ts';
import { type Live, useDesk } from './live.ts';
import { Modals } from './modal.ts';
import { Panel } from './panel.ts';
import { Sidebar } from './sidebar.ts';
import type { Desk, HookAnswer } from './wire.ts';

function App(): VNode {
  const { user, place, messageTs, goTo } = usePlace();
  const live = useDesk(user, place);
  const { desk } = live;
  const { question, ask } = useConfirm();
  const { notice, setNotice, perform, send } = usePerform(live);
  const { log, happen } = useHappen(send);

  useEffect(() => {
    const dm = desk?.conversations.find((it) => it.kind === 'dm') ?? desk?.conversations[0];
    const known = place === 'home' || desk?.conversations.some((it) => it.id === place);
    // A click may have changed the address while this was being drawn.
    const isStill = (location.hash.slice(1).split('/')[1] ?? '') === place;
    if (desk && (user === '' || user === desk.me) && !known && isStill) goTo(desk.me, dm?.id);
  }, [desk, user, place]);
  useVisits(desk, place, perform);

  if (!desk) return html`<p class="starting" role="status">${live.lost ?? 'Opening the sandbox…'}</p>`;
  const tools = deskTools(desk, live.fetchedAt, { perform, confirm: ask });
  return html`<${DeskContext.Provider} value=${tools}>
    <${Sidebar} desk=${desk} place=${place} goTo=${goTo} />
    <main>
      ${live.lost && html`<div class="lost" role="alert">${live.lost}</div>`}
      <${Place} desk=${desk} place=${place} messageTs=${messageTs} goTo=${goTo} />
      ${
        notice &&
        html`<div class="notice" role="alert" data-testid="notice">
          ${notice}<button type="button" class="button-plain" aria-label="Dismiss" onClick=${() => setNotice('')}>✕</button>
        </div>`
      }
    </main>
    <${Clock} happen=${happen} dayOff=${desk.dayOff} />
    <${Panel} desk=${desk} happen=${happen} log=${log} />
    <${Modals} key=${desk.me} views=${desk.views} />
    ${question && html`<${ConfirmDialog} question=${question} />`}
  <//>`;
}

type GoTo = (user: string, place?: string) => void;

/** Who looks where, kept in the address so that a reload changes nothing. */
function usePlace(): { user: string; place: string; messageTs: string; goTo: GoTo } {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  const [user = '', place = '', messageTs = ''] = hash.slice(1).split('/');
  const goTo: GoTo = (user, place = '') => {
    location.hash = `${user}/${place}`;
  };
  return { user, place, messageTs, goTo };
}

function usePerform(live: Live) {
  const [notice, setNotice] = useState('');
  const me = live.desk?.me;
  useEffect(() => setNotice(''), [me]);

  const perform: DeskTools['perform'] = async (path, body, tell = setNotice) => {
    try {
      const shown = await post<Shown>(path, { user: me, ...body });
      if (!shown.ok && shown.userSees) tell(shown.userSees);
      await live.refresh();
      return shown;
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const send = async (path: string, body: unknown) => {
    const answer = await post<HookAnswer | { ok: true }>(path, body);
    await live.refresh();
    return answer;
  };
  return { notice, setNotice, perform, send };
}

/** Tells the app when its DM or Home is opened, and marks what is on the screen as read. */
function useVisits(desk: Desk | undefined, place: string, perform: DeskTools['perform']): void {
  const dm = desk?.conversations.find((it) => it.kind === 'dm')?.id;
  const me = desk?.me;
  const unread = desk?.messages && desk.conversations.find((it) => it.id === place)?.unread;
  useEffect(() => {
    if (me === undefined) return;
    if (place === 'home') void perform('/api/home', { tab: 'home' });
    else if (dm && place === dm) void perform('/api/home', { tab: 'messages' });
  }, [me, dm, place]);
  useEffect(() => {
    if (unread) void perform('/api/read', { channel: place });
  }, [me, place, unread]);
}

interface PlaceProps {
  desk: Desk;
  place: string;
  messageTs: string;
  goTo: GoTo;
}

function Place({ desk, place, messageTs, goTo }: PlaceProps): VNode {
  const conversation = desk.conversations.find((it) =>
    place === 'home' ? it.kind === 'dm' : it.id === place,
  );
  if (!conversation) return html`<p class="starting" role="status">Opening…</p>`;
  return html`
    <header class="place-head">
      <h1>${conversation.kind === 'dm' ? conversation.name : `# ${conversation.name}`}</h1>
      ${conversation.kind === 'dm' && html`<${Tabs} desk=${desk} place=${place} dm=${conversation.id} goTo=${goTo} />`}
    </header>
    ${
      place === 'home'
        ? html`<${Home} home=${desk.home} />`
        : html`<${Conversation} key=${`${desk.me} ${place}`} conversation=${conversation} messages=${desk.messages ?? []} look=${messageTs} />`
    }
  `;
}

/** As in Slack, the app's Home and its messages are tabs of one place. */
function Tabs({ desk, place, dm, goTo }: { desk: Desk; place: string; dm: string; goTo: GoTo }): VNode {
  const tabs = [
    { id: 'home', to: 'home', name: 'Home' },
    { id: 'messages', to: dm, name: 'Messages' },
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = tabs.find((it) => it.to !== place);
    if (!other) return;
    goTo(desk.me, other.to);
    document.getElementById(`tab-${other.id}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${desk.app.name} onKeyDown=${onKeyDown}>
    ${tabs.map(
      ({ id, to, name }) => html`<button
        type="button"
        role="tab"
        key=${id}
        id=${`tab-${id}`}
        tabindex=${place === to ? 0 : -1}
        aria-selected=${place === to}
        data-testid=${`tab:${id}`}
        onClick=${() => goTo(desk.me, to)}
      >${name}</button>`,
    )}
  </div>`;
}

keepFocus();
render(html`<${App} />`, document.body);
