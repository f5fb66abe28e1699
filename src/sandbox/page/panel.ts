/** On the right: what happens outside Slack. Deals are won and lost, and time passes. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { clockTime, dayName } from './dates.ts';
import { DealCard } from './deal-card.ts';
import { DeskContext } from './desk.ts';
import { type Happen, type Happened, useHappen } from './happen.ts';
import { NewDealForm } from './new-deal.ts';
import { useTick } from './tick.ts';
import type { ClockMove, Desk, HookAnswer } from './wire.ts';

export interface PanelProps {
  desk: Desk;
  /** Resolves with the server's answer once the page shows what changed; throws what it refused. */
  send(path: string, body: unknown): Promise<HookAnswer | { ok: true }>;
}

export function Panel({ desk, send }: PanelProps): VNode {
  const { log, happen } = useHappen(send);
  const [adding, setAdding] = useState(false);
  const [owner, setOwner] = useState('');
  const deals = desk.deals.filter((deal) => !owner || deal.ownerId === owner);
  const owners = desk.people.filter((it) => desk.deals.some((deal) => deal.ownerId === it.id));

  return html`<aside class="panel" aria-label="What happens outside" data-testid="panel">
    <${Clock} happen=${happen} />
    <header class="panel-head">
      <h2>Deals</h2>
      <span class="select">
        <select aria-label="Whose deals" value=${owner} onChange=${(event: Event) => setOwner((event.target as HTMLSelectElement).value)}>
          <option value="">Everyone’s</option>
          ${owners.map((it) => html`<option key=${it.id} value=${it.id}>${it.name}</option>`)}
        </select>
      </span>
      <button type="button" class="button" data-testid="new-deal" aria-expanded=${adding} onClick=${() => setAdding(!adding)}>New deal</button>
    </header>
    ${adding && html`<${NewDealForm} desk=${desk} happen=${happen} onDone=${() => setAdding(false)} />`}
    <ul class="deals">
      ${deals.map((deal) => html`<${DealCard} key=${deal.id} deal=${deal} stages=${desk.stages} happen=${happen} />`)}
    </ul>
    <${Log} log=${log} />
  </aside>`;
}

const MOVES: { to: ClockMove; label: string }[] = [
  { to: 'hour', label: '+1 hour' },
  { to: 'morning', label: 'Next morning' },
  { to: 'week', label: 'Next week' },
];

/** The sandbox's time where the acting person lives. */
function Clock({ happen }: { happen: Happen }): VNode {
  const desk = useContext(DeskContext);
  const [moving, setMoving] = useState<ClockMove>();
  useTick(5_000);
  const now = desk.now();
  const move = async (to: ClockMove, label: string) => {
    setMoving(to);
    await happen(label, '/api/crm/clock', { to });
    setMoving(undefined);
  };
  return html`<section class="clock" aria-label="Clock">
    <div class="clock-face" data-testid="clock" data-now=${now.toISOString()}>
      <strong>${clockTime(now, desk.zone)}</strong>
      <span>${dayName(now, desk.zone, now)}<small>${desk.zone.replaceAll('_', ' ')}</small></span>
    </div>
    <div class="clock-moves">
      ${MOVES.map(
        ({ to, label }) => html`<button
          type="button"
          class=${`button ${moving === to ? 'is-busy' : ''}`}
          data-testid=${`clock:${to}`}
          disabled=${moving !== undefined}
          onClick=${() => void move(to, label)}
        >${label}</button>`,
      )}
    </div>
  </section>`;
}

function Log({ log }: { log: Happened[] }): VNode {
  return html`<section class="log" aria-label="What the product answered" aria-live="polite" data-testid="log">
    ${log.map(
      (it) => html`<div class=${it.good ? 'log-line' : 'log-line log-bad'}>
        <span>${it.what}</span><code>${it.answer}</code>
      </div>`,
    )}
  </section>`;
}
