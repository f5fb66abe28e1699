import type { Office } from '../support/office.ts';
import { type OfficeRows, readOffice } from './office-rows.ts';

/**
 * What deal updates add up to, in the words of their sources: engagements, their histories as known now, accounts
 * and open prompts. It has no ids of ours, so that two workspaces that were told the same are equal.
 */
export async function stateOf(office: Office) {
  const rows = await readOffice(office);
  const accounts = new Map(rows.accounts.map((row) => [row.id, row]));
  const deals = new Map(rows.engagements.map((row) => [row.id, row.dealId]));
  const accountName = (id: string) => {
    const account = accounts.get(id);
    return `${account?.externalId ?? ''} ${account?.name}`;
  };
  const engagements = rows.engagements.map((row) => {
    const { dealId, accountId, namedOwnerId, stage, ending, endedAt, openedAt, wonAt, name, amount } = row;
    const account = accountName(accountId);
    const owner = repName(rows, namedOwnerId);
    const asking = [row.askingFactId, row.askingSince.toISOString(), row.askingOn, row.askingHow].join(' ');
    return { dealId, account, owner, stage, ending, endedAt, openedAt, wonAt, name, amount, asking };
  });
  const history = rows.changes
    .filter((line) => line.retractedAt === null)
    .map((line) => [
      deals.get(line.engagementId),
      line.at.toISOString(),
      line.factId,
      line.stage,
      line.ending,
    ]);
  const prompts = rows.prompts
    .filter((prompt) => prompt.closedAt === null)
    .map(({ accountId, engagementId, question, factId, repId }) => {
      const about = engagementId === null ? accountName(accountId) : deals.get(engagementId);
      return [about, question, deals.get(factId) ?? factId, repName(rows, repId)];
    });
  const named = [...new Set(rows.engagements.map((row) => accountName(row.accountId)))];
  return {
    engagements: sorted(engagements),
    history: sorted(history),
    prompts: sorted(prompts),
    accounts: sorted(named),
  };
}

function repName(rows: OfficeRows, id: string): string {
  const rep = rows.reps.find((row) => row.id === id);
  // Two names of one person: what was kept under the one has passed to the other.
  const isMerged = rep?.active === false && rep.slackUserId === null && rep.managerId !== null;
  if (isMerged) return repName(rows, rep.managerId ?? '');
  return rep?.slackUserId ?? rep?.name ?? `nobody: ${id}`;
}

function sorted<T>(values: readonly T[]): T[] {
  return values
    .map((value) => [JSON.stringify(value), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
}
