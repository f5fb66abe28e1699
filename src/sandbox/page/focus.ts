/**
 * Keeps the focus on the page. A button that is pressed may be gone a moment later (its question was answered, its
 * form closed); the browser then lets the focus fall to the body, and whoever uses the keyboard begins at the top.
 */

/** So many places back; more are never needed, and what is gone from the page is not to be held for ever. */
const REMEMBERED = 12;

/** Where the focus has been, the latest first: each with what it stood in, from the inside out. */
const trail: Element[][] = [];

/** From now on puts a lost focus back: where it was, or into the nearest thing around it that is left. */
export function keepFocus(): void {
  document.addEventListener('focusin', (event) => {
    trail.unshift(around(event.target as Element));
    trail.length = Math.min(trail.length, REMEMBERED);
  });
  const seen = { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'open'] };
  new MutationObserver(() => isLost() && putBack()).observe(document.body, seen);
}

/** Whoever pressed beside everything has let go of the focus; it is lost only where what had it is gone. */
function isLost(): boolean {
  const last = trail[0]?.[0];
  return last !== undefined && isNowhere() && (!last.isConnected || last.matches(':disabled'));
}

function isNowhere(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function putBack(): void {
  for (const element of trail.flat()) {
    // Already in sight: to scroll there would take the reader elsewhere.
    nowOf(element)?.focus({ preventScroll: true });
    if (!isNowhere()) return;
  }
}

/** The same element, or the one that was drawn anew in its place. */
function nowOf(element: Element): HTMLElement | null {
  if (element.isConnected) return element as HTMLElement;
  return element.id ? document.getElementById(element.id) : null;
}

function around(element: Element): Element[] {
  const chain: Element[] = [];
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) chain.push(at);
  return chain;
}
