import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Happen } from './happen.ts';
import type { Desk, NewDeal } from './wire.ts';

export interface NewDealProps {
  desk: Desk;
  happen: Happen;
  onDone(): void;
}

/** Puts a deal into the made-up CRM. The browser's own checks are enough here. */
export function NewDealForm({ desk, happen, onDone }: NewDealProps): VNode {
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    const deal = readDeal(new FormData(event.target as HTMLFormElement));
    setBusy(true);
    await happen(`new ${deal.account}`, '/api/crm/add', deal);
    setBusy(false);
    onDone();
  };
  const owners = desk.people.filter((it) => !it.isBot && !it.deleted && it.id !== desk.app.userId);
  return html`<form class="new-deal" data-testid="new-deal-form" onSubmit=${(event: Event) => void submit(event)}>
    <label>Account<input class="input" name="account" required maxlength="200" autocomplete="off" /></label>
    <label>Deal<input class="input" name="name" required maxlength="200" autocomplete="off" /></label>
    <label>
      Owner
      <span class="select"><select name="ownerId">
        ${owners.map((it) => html`<option key=${it.id} value=${it.id} selected=${it.id === desk.me}>${it.name}</option>`)}
      </select></span>
    </label>
    <label>
      Stage
      <span class="select"><select name="stage">${desk.stages.map((it) => html`<option key=${it}>${it}</option>`)}</select></span>
    </label>
    <label>Amount<input class="input" name="value" inputmode="decimal" pattern="\\d+(\\.\\d+)?" title="Digits, like 4514.00" placeholder="4514.00" /></label>
    <label>Currency<input class="input" name="currency" pattern="[A-Z]{3}" value="USD" required /></label>
    <div class="new-deal-acts">
      <button type="button" class="button" onClick=${onDone}>Cancel</button>
      <button type="submit" class=${`button button-primary ${busy ? 'is-busy' : ''}`} disabled=${busy}>Add deal</button>
    </div>
  </form>`;
}

function readDeal(form: FormData): NewDeal {
  const read = (name: string) => String(form.get(name) ?? '').trim();
  const value = read('value');
  return {
    account: read('account'),
    name: read('name'),
    ownerId: read('ownerId'),
    stage: read('stage'),
    amount: value ? { value, currency: read('currency') } : null,
  };
}
