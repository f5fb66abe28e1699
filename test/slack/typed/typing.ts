import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { answers, needs } from '../../../src/db/schema/answers.ts';
import { accounts, dealEvents, engagements } from '../../../src/db/schema/cycle.ts';
import type { Store } from '../../../src/db/store.ts';
import { checkMessageBlocks } from '../../../src/sandbox/stand-in/check.ts';
import { answerCommand } from '../../../src/slack/command/command.ts';
import type { Message } from '../../../src/slack/kit/text.ts';
import { carryOut } from '../../../src/slack/typed/carry-out.ts';
import { readIntent } from '../../../src/slack/typed/intent.ts';
import { dealUpdate } from '../../support/deal-updates.ts';
import { ANA, Office } from '../../support/office.ts';

/** Ana types `/whatsnext` and presses the buttons of what she is answered. */
export class Typing {
  readonly office: Office;
  readonly failures: string[];
  readonly who: { workspaceId: string; slackUserId: string };
  readonly #values = new Map<string, string>();
  #typed = 0;

  private constructor(office: Office, failures: string[]) {
    this.office = office;
    this.failures = failures;
    this.who = { workspaceId: office.workspaceId, slackUserId: ANA.slackUserId };
  }

  static async begin(store: Store): Promise<Typing> {
    const failures: string[] = [];
    const quiet = () => undefined;
    const error = (data: object, message: string) => void failures.push(`${message} ${JSON.stringify(data)}`);
    const office = await Office.open(store, { log: { debug: quiet, info: quiet, warn: quiet, error } });
    return new Typing(office, failures);
  }

  /** The buttons of the last answer. */
  get buttons(): string[] {
    return [...this.#values.keys()];
  }

  /** What the person reads: the blocks, which Slack has to take, as one text. */
  async answer(text: string, channelId = 'C1'): Promise<string> {
    return this.#read(await answerCommand(this.office.flow, this.asked(text, channelId)));
  }

  asked(text: string, channelId = 'C1') {
    this.#typed += 1;
    const key = `command:${this.office.workspaceId}:${this.#typed}`;
    return { ...this.who, key, channelId, text, at: this.office.clock.now() };
  }

  /** Presses the one button whose text begins so. */
  async press(text: string): Promise<string> {
    const found = [...this.#values].filter(([label]) => label.startsWith(text));
    const [only, ...others] = found;
    const meant = readIntent(only?.[1] ?? '');
    if (meant === null || others.length > 0)
      throw new Error(`${found.length} buttons “${text}” of ${this.buttons.join(', ')}`);
    return this.#read(await carryOut(this.office.flow, this.who, meant));
  }

  /** An order from a new client. */
  async won(order: string): Promise<void> {
    await this.answer(`won ${order}`);
    await this.press('New client');
  }

  /** A deal of hers is open. */
  async open(account: string, name: string, value: string): Promise<void> {
    const amount = { value, currency: 'USD' };
    const owner = { email: ANA.email ?? '' };
    const deal = { dealId: name, account: { name: account }, owner, name, amount };
    await this.office.receive(dealUpdate({ ...deal, status: 'open' }));
  }

  /** How much is stored of the workspace. */
  async stored(): Promise<number[]> {
    const { flow, workspaceId } = this.office;
    return await flow.store.read((tx) =>
      Promise.all(
        [accounts, engagements, answers, needs, dealEvents].map((table) =>
          tx.$count(table, eq(table.workspaceId, workspaceId)),
        ),
      ),
    );
  }

  #read({ blocks }: Message): string {
    checkMessageBlocks(JSON.parse(JSON.stringify(blocks)));
    expect(this.failures).toEqual([]);
    this.#values.clear();
    for (const block of blocks) {
      for (const element of block.type === 'actions' ? block.elements : [])
        if (element.type === 'button') this.#values.set(element.text.text, element.value ?? '');
    }
    return blocks.flatMap(textsIn).join('\n');
  }
}

export function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}
