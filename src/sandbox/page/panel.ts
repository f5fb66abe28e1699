/** On the right: what happens outside Slack. Deals are won and lost. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { DealCard } from './deal-card.ts';
import type { Happen, Happened } from './happen.ts';
import { NewDealForm } from './new-deal.ts';
import type { Desk } from './wire.ts';

export interface PanelProps {
  desk: Desk;
  happen: Happen;
  log: Happened[];
}

export function Panel({ desk, happen, log }: PanelProps): VNode {
  const [adding, setAdding] = useState(false);
  const [owner, setOwner] = useState('');
  const deals = desk.deals.filter((deal) => !owner || deal.ownerId === owner);
  const owners = desk.people.filter((it) => desk.deals.some((deal) => deal.ownerId === it.id));

  return html`<aside class="panel" tabindex="-1" aria-label="What happens outside" data-testid="panel">
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

function Log({ log }: { log: Happened[] }): VNode {
  return html`<section class="log" aria-label="What the product answered" aria-live="polite" data-testid="log">
    ${log.map(
      (it) => html`<div class=${it.good ? 'log-line' : 'log-line log-bad'}>
        <span>${it.what}</span><code>${it.answer}</code>
      </div>`,
    )}
  </section>`;
}
