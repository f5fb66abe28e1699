import { useState } from 'preact/hooks';
import type { HookAnswer } from './wire.ts';

/** Makes something happen outside Slack; what the product answered is written in the panel's log. */
export type Happen = (what: string, path: string, body: unknown) => Promise<void>;

export interface Happened {
  what: string;
  answer: string;
  good: boolean;
}

const KEPT = 4;

export function useHappen(send: (path: string, body: unknown) => Promise<HookAnswer | { ok: true }>) {
  const [log, setLog] = useState<Happened[]>([]);
  const note = (it: Happened) => setLog((was) => [it, ...was].slice(0, KEPT));
  const happen: Happen = async (what, path, body) => {
    try {
      const answer = await send(path, body);
      if (!('status' in answer)) return;
      note({ what, answer: `${answer.status} ${JSON.stringify(answer.body)}`, good: answer.status < 300 });
    } catch (error) {
      note({ what, answer: error instanceof Error ? error.message : String(error), good: false });
    }
  };
  return { log, happen };
}
