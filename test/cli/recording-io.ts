import { PassThrough } from 'node:stream';
import type { Io, WorkspaceOptions } from '../../src/cli/io.ts';
import type { OpenWorkspace } from '../../src/cli/open-workspace.ts';
import type { DealUpdate } from '../../src/domain/cycle/deal-update.ts';
import type { FigureGroups } from '../../src/flow/digests/read-figures.ts';

export const NOW = new Date('2018-01-01T12:00:00Z');

export interface Recorded {
  io: Io;
  /** What stands on the terminal so far. */
  out(): string;
  err(): string;
  updates: DealUpdate[];
  teams: { owner: string; manager: string }[];
  opened: WorkspaceOptions[];
  closed: number;
  historyAfterDays: number | null;
  period: Parameters<OpenWorkspace['readFigures']>[0] | null;
}

/** A terminal whose words a test can read, and a desk that knows each update once. */
export function recordingIo(figures?: FigureGroups): Recorded {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const texts = [stdout, stderr].map((stream) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    return () => text;
  });
  const known = new Set<string>();
  const desk: OpenWorkspace = {
    workspaceId: 'T1',
    timeZone: 'America/New_York',
    currency: 'USD',
    async importDeals(batches, historyAfterDays) {
      recorded.historyAfterDays = historyAfterDays;
      const before = known.size;
      let taken = 0;
      for await (const batch of batches) {
        recorded.updates.push(...batch);
        taken += batch.length;
        for (const { eventId } of batch) known.add(eventId);
      }
      return { accepted: known.size - before, duplicates: taken - (known.size - before) };
    },
    async importTeams(rows) {
      return recorded.teams.push(...rows);
    },
    async showPlan() {
      throw new Error('this desk plans nothing');
    },
    async readFigures(period) {
      recorded.period = period;
      if (figures === undefined) throw new Error('this desk has no figures');
      return figures;
    },
    async close() {
      recorded.closed += 1;
    },
  };
  const recorded: Recorded = {
    io: {
      stdout,
      stderr,
      now: () => NOW,
      openWorkspace: async (options) => {
        recorded.opened.push(options);
        return desk;
      },
    },
    out: texts[0] as () => string,
    err: texts[1] as () => string,
    updates: [],
    teams: [],
    opened: [],
    closed: 0,
    historyAfterDays: null,
    period: null,
  };
  return recorded;
}
