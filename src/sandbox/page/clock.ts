/** What time it is in the sandbox, and how it passes. */
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { clockTime, dayName } from './dates.ts';
import { DeskContext } from './desk.ts';
import type { Happen } from './happen.ts';
import { useTick } from './tick.ts';
import type { ClockMove } from './wire.ts';

const MOVES: { to: ClockMove; label: string }[] = [
  { to: 'hour', label: '+1 hour' },
  { to: 'morning', label: 'Next morning' },
  { to: 'week', label: 'Next week' },
  { to: 'month', label: 'Next month' },
];

/** The sandbox's time where the acting person lives, and whether they work today. */
export function Clock({ happen, dayOff }: { happen: Happen; dayOff: string | undefined }): VNode {
  const desk = useContext(DeskContext);
  const [moving, setMoving] = useState<ClockMove>();
  useTick(5_000);
  const now = desk.now();
  const move = async (to: ClockMove, label: string) => {
    if (moving !== undefined) return;
    setMoving(to);
    await happen(label, '/api/crm/clock', { to });
    setMoving(undefined);
  };
  return html`<section class="clock" tabindex="-1" aria-label="Clock">
    <div class="clock-face" data-testid="clock" data-now=${now.toISOString()}>
      <strong>${clockTime(now, desk.zone)}</strong>
      <span>${dayName(now, desk.zone, now)}<small>${desk.zone.replaceAll('_', ' ')}</small></span>
      ${dayOff !== undefined && html`<em class="day-off" data-testid="day-off">${dayOff}</em>`}
    </div>
    <div class="clock-moves">
      ${MOVES.map(
        ({ to, label }) => html`<button
          type="button"
          class=${`button ${moving === to ? 'is-busy' : ''}`}
          data-testid=${`clock:${to}`}
          aria-disabled=${moving !== undefined}
          onClick=${() => void move(to, label)}
        >${label}</button>`,
      )}
    </div>
  </section>`;
}
