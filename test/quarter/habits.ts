import type { Answer } from '../../src/domain/cycle/answer.ts';
import type { HeardNeed } from '../../src/domain/cycle/need.ts';
import type { SeesValue } from '../../src/domain/cycle/verification.ts';
import type { PromptView } from '../../src/flow/show/views.ts';

const DAY_MS = 86_400_000;

/** How a rep deals with what is asked. */
export const KINDS = ['eager', 'busy', 'silent', 'chaotic'] as const;
export type Kind = (typeof KINDS)[number];

export interface Habit {
  /** How likely an ask is answered at all. */
  answers: number;
  /** Minutes until then, at most. */
  within: number;
  /** How likely the answer only puts the question off. */
  putsOff: number;
  /** How likely it is a wrong one that is taken back a while later, and given anew. */
  errs: number;
}

export const HABITS: Readonly<Record<Kind, Habit>> = {
  eager: { answers: 0.9, within: 120, putsOff: 0.1, errs: 0.02 },
  busy: { answers: 0.35, within: 2 * 1_440, putsOff: 0.4, errs: 0.02 },
  silent: { answers: 0.03, within: 3 * 1_440, putsOff: 0.5, errs: 0 },
  chaotic: { answers: 0.7, within: 240, putsOff: 0.25, errs: 0.5 },
};

/** What somebody says to a question on `today`, a local date; chance decides which of the answers it is. */
export function answerTo(prompt: PromptView, today: string, putsOff: number, chance: () => number): Answer {
  const say = new Speaker(today, chance);
  if (say.is(putsOff) && prompt.question !== 'lost') return { kind: 'later', on: say.dayIn(1, 10) };
  switch (prompt.question) {
    case 'promise':
      return say.is(0.6) ? say.promised() : { kind: 'talk', on: say.dayIn(5, 30) };
    case 'verify':
    case 'promised':
      return say.verified();
    case 'next':
    case 'return':
      return say.next(prompt);
    case 'need':
      return say.ofNeed(prompt);
    case 'lost':
      return { kind: 'lost', reason: 'the price', returnOn: say.is(0.4) ? say.dayIn(40, 200) : undefined };
    case 'discover':
      return say.is(0.7) ? { kind: 'moved', to: 'develop', needs: [say.need()] } : say.later();
    case 'develop':
      return say.is(0.7) ? { kind: 'moved', to: 'deliver' } : say.later();
    case 'deliver':
      return say.is(0.6) ? { kind: 'moved', to: 'close' } : say.later();
    case 'close':
      return say.later();
  }
}

class Speaker {
  readonly #today: string;
  readonly #chance: () => number;

  constructor(today: string, chance: () => number) {
    this.#today = today;
    this.#chance = chance;
  }

  is(likely: number): boolean {
    return this.#chance() < likely;
  }

  dayIn(from: number, to: number): string {
    const days = from + Math.floor(this.#chance() * (to - from + 1));
    return new Date(Date.parse(this.#today) + days * DAY_MS).toISOString().slice(0, 10);
  }

  later(): Answer {
    return { kind: 'later', on: this.dayIn(3, 20) };
  }

  need(): HeardNeed {
    const words = this.is(0.5) ? 'a second site' : 'training for the night shift';
    const neededOn = this.is(0.4) ? this.dayIn(10, 60) : undefined;
    return { words, estimate: { value: '2000', currency: 'USD' }, neededOn };
  }

  promised(): Answer {
    const promise = { words: 'three hours a week less', by: this.is(0.7) ? this.dayIn(15, 60) : undefined };
    return { kind: 'promised', promise, talkOn: this.is(0.7) ? this.dayIn(5, 30) : undefined };
  }

  verified(): Answer {
    const seesValue: SeesValue = this.is(0.55) ? 'yes' : this.is(0.5) ? 'partly' : 'not_yet';
    const verification = { who: 'Dana', seesValue, words: 'it saves us hours', heldOn: this.#today };
    if (seesValue !== 'yes') {
      const repair = { what: 'show them once more', by: this.dayIn(5, 20) };
      return { kind: 'verified', verification, needs: [], repair };
    }
    const needs = this.is(0.6) ? [this.need()] : [];
    if (needs.length > 0 && this.is(0.6)) {
      return { kind: 'verified', verification, needs, next: { kind: 'engage_heard', index: 0 } };
    }
    const next = this.is(0.5) ? ({ kind: 'return', on: this.dayIn(20, 90) } as const) : undefined;
    return { kind: 'verified', verification, needs, next };
  }

  next({ needs, question }: PromptView): Answer {
    const [open] = needs;
    if (open !== undefined && this.is(0.4)) {
      return { kind: 'next', needs: [], step: { kind: 'engage', needId: open.id } };
    }
    if (question === 'return' && this.is(0.1)) return { kind: 'dismissed', reason: 'they moved away' };
    if (this.is(0.4)) {
      return { kind: 'next', needs: [this.need()], step: { kind: 'engage_heard', index: 0 } };
    }
    return { kind: 'next', needs: [], step: { kind: 'return', on: this.dayIn(20, 90) } };
  }

  ofNeed({ need }: PromptView): Answer {
    const needId = need?.id ?? '';
    if (this.is(0.5)) return { kind: 'need_changed', needId, neededOn: this.dayIn(10, 60) };
    return this.is(0.5)
      ? { kind: 'need_taken_up', needId, anyway: true }
      : { kind: 'need_dropped', needId, reason: 'it was done without us' };
  }
}
