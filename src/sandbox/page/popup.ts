/** A menu that opens under its button: focus goes into it, arrows move, Esc and a click elsewhere close it. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export function usePopup<Root extends HTMLElement>() {
  const [open, setOpen] = useState(false);
  const root = useRef<Root>(null);

  useLayoutEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const closeElsewhere = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeElsewhere);
    return () => document.removeEventListener('pointerdown', closeElsewhere);
  }, [open]);

  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Tab') return setOpen(false);
    if (event.key === 'Escape') close();
    else if (step) move(root.current, step);
    else return;
    // Within a modal, Esc closes the menu only.
    event.preventDefault();
    event.stopPropagation();
  };
  return { root, open, toggle: () => setOpen(!open), close, onKeyDown };
}

function move(root: HTMLElement | null, step: number): void {
  const items = [...(root?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLElement);
  items[(at + step + items.length) % items.length]?.focus();
}
