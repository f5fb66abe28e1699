import { readFigures } from '../../../src/flow/digests/read-figures.ts';
import type { Office } from '../../support/office.ts';
import { Named, stateOf } from './state.ts';

const FROM = new Date('2026-01-01T00:00:00Z');
const TO = new Date('2028-01-01T00:00:00Z');

/**
 * All that promise 9 says is as it was: accounts, engagements, needs, promises, verifications, figures and open questions
 * with their dates. What was taken back and has never been is left out, as it is everywhere.
 */
export async function wholeOf(office: Office) {
  const { flow, workspaceId, clock } = office;
  const named = await Named.read(office);
  const { engagements, needs, verifications, prompts } = named.rows;
  const gone = new Set(engagements.filter((row) => row.ending === 'taken_back').map(({ id }) => id));
  const state = await stateOf(office);
  const open = prompts
    .filter(({ closedAt }) => closedAt === null)
    .map(({ dueAt, asked, lastAskedAt, quietSince, on, ...prompt }) => {
      const due = dueAt <= clock.now() ? 'due' : dueAt.toISOString();
      const asks = [asked, lastAskedAt?.toISOString(), quietSince?.toISOString()];
      return [named.about(prompt), prompt.question, named.fact(prompt.factId), on, due, ...asks].join(' ');
    });
  return {
    engagements: state.engagements.filter(({ ending }) => ending !== 'taken_back'),
    told: engagements
      .filter(({ ending }) => ending !== 'taken_back')
      .map((row) => {
        const beside = Object.entries(row.beside).map(([question, one]) => [
          question,
          named.fact(one.factId),
          one.on,
        ]);
        return JSON.stringify([named.deal(row.id), row.promise, row.repair, row.unseen, beside]);
      })
      .sort(),
    history: state.history,
    prompts: state.prompts,
    open: open.sort(),
    needs: needs
      .filter(({ retractedAt }) => retractedAt === null)
      .map(({ accountId, words, estimate, currency, neededOn, outcome, takenUpById, dropReason }) => {
        const taken = takenUpById === null || gone.has(takenUpById) ? null : named.deal(takenUpById);
        return JSON.stringify([
          named.account(accountId),
          ...[words, estimate, currency, neededOn, outcome, taken, dropReason],
        ]);
      })
      .sort(),
    verifications: verifications
      .filter(({ retractedAt }) => retractedAt === null)
      .map((row) => JSON.stringify([named.deal(row.engagementId), row.seesValue, row.words, row.heldOn]))
      .sort(),
    figures: await readFigures(flow, { workspaceId, from: FROM, to: TO, by: 'rep', timeZone: 'UTC' }),
  };
}
