import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { DeskContext } from './desk.ts';
import type { Happen } from './happen.ts';
import type { DealAct, Money, SandboxDeal } from './wire.ts';

export interface DealCardProps {
  deal: SandboxDeal;
  stages: readonly string[];
  happen: Happen;
}

/** A deal of the made-up CRM, with what can happen to it. */
export function DealCard({ deal, stages, happen }: DealCardProps): VNode {
  const desk = useContext(DeskContext);
  const [busy, setBusy] = useState(false);
  const act = async (act: DealAct, stage?: string) => {
    setBusy(true);
    const what = `${act} ${deal.account}${stage ? ` to ${stage}` : ''}`;
    await happen(what, '/api/crm/act', { dealId: deal.id, act, ...(stage ? { stage } : {}) });
    setBusy(false);
  };
  const move = (event: Event) => {
    const menu = event.target as HTMLSelectElement;
    if (menu.value !== deal.stage) void act('move', menu.value);
  };
  return html`<li class=${`deal deal-${deal.status}`} tabindex="-1" data-testid=${`deal:${deal.id}`} aria-busy=${busy}>
    <div class="deal-head">
      <strong>${deal.account}</strong>
      <span class="deal-status">${deal.status === 'open' ? deal.stage : deal.status}</span>
    </div>
    <div class="deal-name">${deal.name}${deal.amount && html` · ${money(deal.amount)}`}</div>
    <div class="deal-owner">${desk.nameOf(deal.ownerId)}</div>
    ${deal.inSlack !== undefined && html`<div class="deal-in-slack" data-testid="in-slack"><b>In Slack:</b> ${deal.inSlack}</div>`}
    <div class="deal-acts">
      <button type="button" class="button" disabled=${busy || deal.status === 'won'} aria-label=${`Win ${deal.account}, ${deal.name}`} data-testid="win" onClick=${() => void act('win')}>Win</button>
      <button type="button" class="button" disabled=${busy || deal.status === 'lost'} aria-label=${`Lose ${deal.account}, ${deal.name}`} data-testid="lose" onClick=${() => void act('lose')}>Lose</button>
      <span class="select">
        <select aria-label=${`Stage of ${deal.account}, ${deal.name}`} data-testid="move" value=${deal.stage} disabled=${busy} onChange=${move}>
          ${stages.map((stage) => html`<option key=${stage} value=${stage}>${stage}</option>`)}
          ${!stages.includes(deal.stage) && html`<option value=${deal.stage}>${deal.stage}</option>`}
        </select>
      </span>
    </div>
  </li>`;
}

function money({ value, currency }: Money): string {
  const [whole = '', cents = ''] = value.split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${digits}${/^0*$/.test(cents) ? '' : `.${cents}`} ${currency}`;
}
