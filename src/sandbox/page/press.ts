/** Whether something is being pressed, so that nothing moves under the pointer meanwhile. */
let isPressed = false;

const note = (pressed: boolean) => () => {
  isPressed = pressed;
};
addEventListener('pointerdown', note(true), true);
addEventListener('pointerup', note(false), true);
addEventListener('pointercancel', note(false), true);

/**
 * Runs it at once, or, where a field is left by pressing something else, as the press ends: what is told earlier may
 * redraw the row under the pointer, and the click would be lost.
 */
export function whenReleased(run: () => void): void {
  if (!isPressed) return run();
  addEventListener('pointerup', run, { capture: true, once: true });
}
