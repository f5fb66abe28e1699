import type { Feed } from './feed.ts';
import { keepValues } from './inputs.ts';
import { LIMITS } from './limits.ts';
import { Refusal } from './refusal.ts';
import type { Triggers } from './triggers.ts';
import type { FormValues, View } from './types.ts';
import type { Workspace } from './workspace.ts';

export interface OpenView {
  id: string;
  hash: string;
  userId: string;
  view: View;
  rootId: string;
  previousId?: string;
  values: FormValues;
  errors?: Record<string, string>;
}

/** Every person's stack of modals and their Home. */
export class Modals {
  readonly #workspace: Workspace;
  readonly #triggers: Triggers;
  readonly #feed: Feed;
  readonly #stacks = new Map<string, OpenView[]>();
  readonly #homes = new Map<string, OpenView>();

  constructor(workspace: Workspace, triggers: Triggers, feed: Feed) {
    this.#workspace = workspace;
    this.#triggers = triggers;
    this.#feed = feed;
  }

  stack(userId: string): OpenView[] {
    return this.#stacks.get(userId) ?? [];
  }

  home(userId: string): OpenView | undefined {
    return this.#homes.get(userId);
  }

  /** A modal or Home that is open, whoever's it is. */
  find(viewId: string): OpenView | undefined {
    return this.#all().find((open) => open.id === viewId);
  }

  /** views.open: a new stack in place of the person's old one. */
  open(triggerId: string, view: View): OpenView {
    const { userId } = this.#triggers.take(triggerId);
    this.#refuseTakenExternalId(view);
    const opened = this.#create(userId, view);
    this.#stacks.set(userId, [opened]);
    this.#told(opened);
    return opened;
  }

  /** views.push: onto the stack the trigger came from. */
  push(triggerId: string, view: View): OpenView {
    const { userId, viewId } = this.#triggers.take(triggerId);
    if (!viewId || !this.stack(userId).some((open) => open.id === viewId)) throw new Refusal('not_found');
    return this.pushFor(userId, view);
  }

  /** @throws Refusal `push_limit_reached` on a fourth modal */
  pushFor(userId: string, view: View): OpenView {
    const stack = this.stack(userId);
    if (stack.length >= LIMITS.viewStack) throw new Refusal('push_limit_reached');
    this.#refuseTakenExternalId(view);
    const below = stack.at(-1);
    const pushed = this.#create(userId, view, below);
    this.#stacks.set(userId, [...stack, pushed]);
    this.#told(pushed);
    return pushed;
  }

  /** views.update. @throws Refusal `not_found`, `hash_conflict` */
  update(by: { viewId?: string; externalId?: string; hash?: string }, view: View): OpenView {
    const found = this.#all().find((open) => isMeant(open, by));
    if (found?.view.type !== 'modal') throw new Refusal('not_found');
    if (by.hash !== undefined && by.hash !== found.hash) throw new Refusal('hash_conflict');
    this.replace(found, view);
    return found;
  }

  /** What stands in inputs that keep their ids stays there. */
  replace(open: OpenView, view: View): void {
    const blocks = this.#workspace.withIds(view.blocks);
    open.view = { ...structuredClone(view), blocks } as View;
    open.values = keepValues(blocks, open.values);
    open.hash = this.#workspace.ids.hash();
    delete open.errors;
    this.#told(open);
  }

  /** views.publish. @throws Refusal `hash_conflict` */
  publish(userId: string, view: View, hash?: string): OpenView {
    const home = this.#homes.get(userId);
    if (hash !== undefined && home && hash !== home.hash) throw new Refusal('hash_conflict');
    if (home) {
      this.replace(home, view);
      return home;
    }
    const published = this.#create(userId, view);
    this.#homes.set(userId, published);
    this.#told(published);
    return published;
  }

  showErrors(open: OpenView, errors: Record<string, string>): void {
    open.errors = { ...errors };
    this.#told(open);
  }

  fill(open: OpenView, values: FormValues): void {
    for (const [blockId, actions] of Object.entries(values)) {
      open.values[blockId] = { ...open.values[blockId], ...actions };
    }
    this.#feed.changed({ kind: open.view.type === 'home' ? 'home' : 'view', user: open.userId });
  }

  /** Takes the modal and those above it off the stack; they are returned, the top one first. */
  close(open: OpenView): OpenView[] {
    const stack = this.stack(open.userId);
    const from = stack.indexOf(open);
    if (from < 0) return [];
    this.#stacks.set(open.userId, stack.slice(0, from));
    this.#told(open);
    return stack.slice(from).reverse();
  }

  #create(userId: string, view: View, below?: OpenView): OpenView {
    const id = this.#workspace.ids.next('V');
    const blocks = this.#workspace.withIds(view.blocks);
    return {
      id,
      userId,
      hash: this.#workspace.ids.hash(),
      view: { ...structuredClone(view), blocks } as View,
      rootId: below?.rootId ?? id,
      ...(below && { previousId: below.id }),
      values: keepValues(blocks, {}),
    };
  }

  #refuseTakenExternalId(view: View): void {
    const taken = view.external_id && this.#all().some((open) => open.view.external_id === view.external_id);
    if (taken) throw new Refusal('duplicate_external_id');
  }

  #all(): OpenView[] {
    return [...[...this.#stacks.values()].flat(), ...this.#homes.values()];
  }

  #told(open: OpenView): void {
    this.#feed.changed({ kind: open.view.type === 'home' ? 'home' : 'view', user: open.userId });
  }
}

function isMeant(open: OpenView, by: { viewId?: string; externalId?: string }): boolean {
  if (by.viewId !== undefined) return open.id === by.viewId;
  return by.externalId !== undefined && open.view.external_id === by.externalId;
}
