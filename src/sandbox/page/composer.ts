/** Where a person writes: messages, replies and slash commands. Enter sends, Shift+Enter breaks the line. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { DeskContext } from './desk.ts';
import { ShortcutMenu } from './shortcut-menu.ts';
import type { CommandHint } from './wire.ts';

/** Unsent words by place; they outlive a look at another conversation. */
const drafts = new Map<string, string>();

export interface ComposerProps {
  channel: string;
  label: string;
  /** A reply to this message. Slack takes no slash commands in threads. */
  threadTs?: string;
  onDone?: () => void;
}

export function Composer({ channel, label, threadTs, onDone }: ComposerProps): VNode {
  const desk = useContext(DeskContext);
  const place = `${desk.me} ${channel} ${threadTs ?? ''}`;
  const [text, setText] = useState(drafts.get(place) ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  const write = (words: string) => {
    drafts.set(place, words);
    setText(words);
  };

  useEffect(() => area.current?.focus(), [place]);

  const send = async () => {
    const words = text.trim();
    if (!words) return;
    write('');
    const command = threadTs ? null : words.match(/^(\/\S+)\s*([\s\S]*)$/);
    const done = command
      ? await desk.perform('/api/command', { channel, command: command[1], text: command[2] })
      : await desk.perform('/api/say', {
          channel,
          text: words,
          ...(threadTs ? { threadTs } : {}),
        });
    // An unanswered command is given back; an unanswered message stands in the conversation all the same.
    if (!done || (command && !done.ok)) write(words);
    else onDone?.();
  };
  const hints = useHints(threadTs ? '' : text, write);
  const onKeyDown = (event: KeyboardEvent) => {
    if (hints.onKeyDown(event)) return event.preventDefault();
    if (event.key === 'Escape' && onDone) return onDone();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  };

  return html`<div class="composer">
    ${hints.fitting.length > 0 && html`<${Hints} hints=${hints} />`}
    <textarea
      ref=${area}
      rows=${Math.min(text.split('\n').length, 8)}
      value=${text}
      placeholder=${label}
      aria-label=${label}
      data-testid=${threadTs ? 'thread-composer' : 'composer'}
      aria-autocomplete="list"
      aria-controls=${hints.fitting.length > 0 ? HINTS : undefined}
      aria-activedescendant=${hints.at === undefined ? undefined : `${HINTS}-${hints.at}`}
      onInput=${(event: Event) => write((event.target as HTMLTextAreaElement).value)}
      onKeyDown=${onKeyDown}
    ></textarea>
    ${!threadTs && html`<${ShortcutMenu} label="Shortcuts" sign="⚡" testId="shortcuts" />`}
    <button
      type="button"
      class="button button-primary send"
      aria-label="Send"
      data-testid=${threadTs ? 'thread-send' : 'send'}
      disabled=${!text.trim()}
      onClick=${() => void send()}
    >➤</button>
  </div>`;
}

const HINTS = 'command-hints';

interface HintList {
  fitting: readonly CommandHint[];
  /** The one that Enter takes, once an arrow was pressed. */
  at: number | undefined;
  take(hint: CommandHint | undefined): void;
}

/** The commands that begin as what is typed does; arrows choose, Enter and Tab take, Esc sends them away. */
function useHints(typed: string, write: (command: string) => void) {
  const { commands } = useContext(DeskContext);
  const [chosen, setChosen] = useState<{ typed: string; at: number }>();
  const at = chosen?.typed === typed ? chosen.at : undefined;
  const [dismissed, setDismissed] = useState('');
  const fitting = typed === dismissed ? [] : fittingCommands(commands, typed);
  const take = (hint: CommandHint | undefined) => {
    if (!hint) return;
    write(hint.command);
    setChosen(undefined);
    setDismissed(hint.command);
  };
  /** Whether it was meant for the hints. */
  const onKeyDown = ({ key, shiftKey }: KeyboardEvent): boolean => {
    if (fitting.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step)
      setChosen({ typed, at: ((at ?? (step > 0 ? -1 : 0)) + step + fitting.length) % fitting.length });
    else if (key === 'Escape') setDismissed(typed);
    else if (at !== undefined && !shiftKey && (key === 'Enter' || key === 'Tab')) take(fitting[at]);
    else return false;
    return true;
  };
  return { fitting, at, take, onKeyDown };
}

function fittingCommands(commands: readonly CommandHint[], typed: string): readonly CommandHint[] {
  if (!typed.startsWith('/')) return [];
  const begun = typed.trimEnd();
  const all = begun === '/whatsnext' || '/whatsnext'.startsWith(begun);
  const fitting = commands.filter((it) => all || it.command.startsWith(begun));
  return fitting.some((it) => it.command === typed && typed !== '/whatsnext') ? [] : fitting;
}

function Hints({ hints: { fitting, at, take } }: { hints: HintList }): VNode {
  return html`<ul class="command-hints" role="listbox" id=${HINTS} data-testid="command-hints" aria-label="Slash commands">
    ${fitting.map(
      (it, i) => html`<li
        role="option"
        key=${it.command}
        id=${`${HINTS}-${i}`}
        ref=${(element: HTMLElement | null) => i === at && element?.scrollIntoView({ block: 'nearest' })}
        aria-selected=${i === at}
        onPointerDown=${(event: Event) => event.preventDefault()}
        onClick=${() => take(it)}
      ><code>${it.command}</code><span>${it.says}</span></li>`,
    )}
  </ul>`;
}
