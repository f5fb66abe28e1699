import { eq } from 'drizzle-orm';
import { answers } from '../../../src/db/schema/answers.ts';
import type { Office } from '../../support/office.ts';
import { type OfficeRows, readOffice } from '../office-rows.ts';

/** A workspace's rows, and what to call each of them in words that are none of our ids. */
export class Named {
  readonly rows: OfficeRows;
  readonly #answerKeys: ReadonlyMap<string, string>;

  private constructor(rows: OfficeRows, answerKeys: ReadonlyMap<string, string>) {
    this.rows = rows;
    this.#answerKeys = answerKeys;
  }

  static async read(office: Office): Promise<Named> {
    const { workspaceId, flow } = office;
    const { id, key } = answers;
    const said = await flow.store.read((tx) =>
      tx.select({ id, key }).from(answers).where(eq(answers.workspaceId, workspaceId)),
    );
    return new Named(await readOffice(office), new Map(said.map((one) => [one.id, one.key])));
  }

  account(id: string): string {
    const account = this.rows.accounts.find((row) => row.id === id);
    return `${account?.externalId ?? ''} ${account?.name}`;
  }

  deal(engagementId: string): string {
    const engagement = this.rows.engagements.find((row) => row.id === engagementId);
    if (engagement?.source === 'whatsnext') return `begun for ${engagement.name}`;
    return engagement?.dealId ?? `no deal: ${engagementId}`;
  }

  /** An event of a source, the key of an answer, or the deal whose end gave the reason. */
  fact(id: string): string {
    const key = this.#answerKeys.get(id);
    if (key?.startsWith('begun:')) return 'begun';
    return key ?? (id.includes(':') ? id : this.deal(id));
  }

  rep(id: string): string {
    const rep = this.rows.reps.find((row) => row.id === id);
    return rep?.slackUserId ?? rep?.name ?? `nobody: ${id}`;
  }

  about({ accountId, engagementId }: { accountId: string; engagementId: string | null }): string {
    return engagementId === null ? this.account(accountId) : this.deal(engagementId);
  }
}

/**
 * What an office has come to: engagements, their histories as known now, accounts and open prompts. It has no ids of
 * ours, so that two workspaces that were told the same are equal. `dates`: also when what was never asked is due.
 */
export async function stateOf(office: Office, { dates = false } = {}) {
  const named = await Named.read(office);
  const { rows } = named;
  const engagements = rows.engagements.map((row) => {
    const { id, accountId, ownerId, namedOwnerId, stage, ending, endedAt, openedAt, wonAt, name, amount } =
      row;
    const asking = [named.fact(row.askingFactId), row.askingSince.toISOString(), row.askingOn, row.askingHow];
    return {
      ...{ deal: named.deal(id), account: named.account(accountId), stage, ending, endedAt, openedAt, wonAt },
      ...{ name, amount, owner: named.rep(ownerId), namedOwner: named.rep(namedOwnerId) },
      handedFrom: row.handedFromId === null ? null : named.rep(row.handedFromId),
      asking: asking.join(' '),
    };
  });
  const history = rows.changes
    .filter(({ retractedAt }) => retractedAt === null)
    .map(({ engagementId, at, factId, stage, ending }) => {
      return [named.deal(engagementId), at.toISOString(), named.fact(factId), stage, ending];
    });
  const prompts = rows.prompts
    .filter(({ closedAt }) => closedAt === null)
    .map((prompt) => {
      const due = dates && prompt.asked === 0 ? prompt.dueAt.toISOString() : null;
      const { question, rule, factId, repId } = prompt;
      return [
        named.about(prompt),
        named.account(prompt.accountId),
        question,
        rule,
        named.fact(factId),
        named.rep(repId),
        due,
      ];
    });
  const accounts = new Set(rows.engagements.map((row) => named.account(row.accountId)));
  const names = rows.accounts.map(({ id, joinsId, namedAt }) => {
    return [named.account(id), joinsId === null ? null : named.account(joinsId), namedAt];
  });
  return {
    engagements: sorted(engagements),
    history: sorted(history),
    prompts: sorted(prompts),
    accounts: sorted([...accounts]),
    names: sorted(names),
  };
}

function sorted<T>(values: readonly T[]): T[] {
  return values
    .map((value) => [JSON.stringify(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
}
