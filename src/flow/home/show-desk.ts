import { readOpenNeedsOf, readPromisesOf, readSaidTo } from '../../db/desk.ts';
import { type Home, readHome, saveHomeDrawn, saveHomePlace } from '../../db/homes.ts';
import { type Rep, readReps } from '../../db/who/rep.ts';
import { readPlaybook } from '../../db/who/workspace.ts';
import { awayViewOf } from '../away/show-own-time.ts';
import { ensureRep, type Who } from '../people/ensure-rep.ts';
import type { Flow } from '../ports.ts';
import { readPromptViews, toMoney } from '../show/prompt-view.ts';
import { readBoard } from '../show/show-board.ts';
import type { DeskView } from '../show/views.ts';

/** Which of the open questions Home shows: from the `offset`-th on, and of one account only. */
export interface DeskPlace {
  offset: number;
  accountId?: string | undefined;
}

/** Open questions on one page of Home: with the answers of those that wait they fit into Slack's 100 blocks. */
const DESK_PAGE = 20;
const NEEDS_AT_MOST = 8;
const PROMISES_AT_MOST = 8;
const SAID_AT_MOST = 5;

/**
 * A rep's Home: at the place that they turn to, else where they were. Who has drawn it tells `homeDrawn` of `home`.
 * Throws a NoRepError.
 */
export async function showDesk(
  flow: Flow,
  who: Who,
  place?: DeskPlace,
): Promise<{ desk: DeskView; home: Home }> {
  const rep = await ensureRep(flow, who);
  const { workspaceId } = who;
  const home = await flow.store.transaction(async (tx) => {
    const known = place === undefined ? await readHome(tx, workspaceId, rep.id) : null;
    const { offset, accountId = null } = place ?? known ?? { offset: 0 };
    const repId = rep.id;
    return (
      known ?? (await saveHomePlace(tx, { workspaceId, repId, offset, accountId, openedAt: flow.now() }))
    );
  });
  const desk = await readDesk(flow, rep, { offset: home.offset, accountId: home.accountId ?? undefined });
  return { desk, home };
}

/** The Home that was read is what its rep sees: what asked for it to be drawn until then is done. */
export async function homeDrawn(flow: Flow, home: Home): Promise<void> {
  await flow.store.transaction((tx) => saveHomeDrawn(tx, home));
}

/** What stands on a rep's desk. */
export async function readDesk(flow: Flow, rep: Rep, place: DeskPlace): Promise<DeskView> {
  const { workspaceId } = rep;
  const board = await readBoard(flow, rep, { ...place, limit: DESK_PAGE });
  const waiting = board.doors.filter(({ group }) => group === 'waiting').map(({ promptId }) => promptId);
  return await flow.store.read(async (tx) => {
    const playbook = await readPlaybook(tx, workspaceId, flow.defaults);
    const prompts = await readPromptViews({ tx, workspaceId, playbook }, waiting);
    const of = { repId: rep.id, accountId: place.accountId };
    const needs = await readOpenNeedsOf(tx, workspaceId, of, NEEDS_AT_MOST);
    const promises = await readPromisesOf(tx, workspaceId, of, PROMISES_AT_MOST);
    const said = await readSaidTo(tx, workspaceId, of, SAID_AT_MOST);
    const delegate = await readReps(tx, workspaceId, rep.delegateId === null ? [] : [rep.delegateId]);
    return {
      board,
      away: awayViewOf(rep, delegate),
      prompts: Object.fromEntries(prompts.map((prompt) => [prompt.promptId, prompt])),
      needs: needs.rows.map(({ estimate, currency, ...need }) => ({
        ...need,
        estimate: toMoney(estimate, currency),
      })),
      totalNeeds: needs.total,
      promises,
      said,
    };
  });
}
