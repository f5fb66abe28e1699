import type { Tx } from '../../db/driver.ts';
import { type Grouping, type Period, readCounts } from '../../db/figures.ts';
import type { Flow } from '../ports.ts';
import type { Figures } from '../show/views.ts';

export interface FigureGroups {
  total: Figures;
  groups: { name: string; figures: Figures }[];
}

/** The numbers behind the digest, for [from, to), in all and by group. */
export async function readFigures(
  flow: Flow,
  {
    workspaceId,
    from,
    to,
    by,
    timeZone,
  }: { workspaceId: string; from: Date; to: Date; by?: Grouping | undefined; timeZone: string },
): Promise<FigureGroups> {
  return await flow.store.read(async (tx) => {
    const total = await readTotal(tx, workspaceId, { from, to, timeZone });
    if (by === undefined) return { total, groups: [] };
    const counts = await readCounts(tx, workspaceId, { from, to, timeZone, by });
    return {
      total,
      groups: [...counts].map(([name, figures]) => ({ name, figures: { from, to, ...figures } })),
    };
  });
}

/** The figures of a period without grouping. */
export async function readTotal(tx: Tx, workspaceId: string, period: Omit<Period, 'by'>): Promise<Figures> {
  const counts = (await readCounts(tx, workspaceId, period)).get('');
  if (counts === undefined) throw new Error('figures always have a total');
  return { from: period.from, to: period.to, ...counts };
}
