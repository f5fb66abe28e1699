/** Where a person writes: messages, replies and slash commands. Enter sends, Shift+Enter breaks the line. */

import { html } from 'htm/preact';
import type { VNode } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import { DeskContext } from './desk.ts';

const COMMANDS = [
  { command: '/whatsnext', says: 'My open doors, the most pressing first' },
  { command: '/whatsnext Acme', says: 'All about one account' },
  { command: '/whatsnext won Acme 4514 USD', says: 'I closed a deal' },
  { command: '/whatsnext need Acme a second site', says: 'I heard a need' },
  { command: '/whatsnext at 9:30', says: 'When my day’s questions come' },
  { command: '/whatsnext manager @dana', says: 'Who leads me' },
  { command: '/whatsnext digest weekly', says: 'A digest in this channel: weekly, daily or off' },
  { command: '/whatsnext help', says: 'Everything it understands' },
];

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
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && onDone) return onDone();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  };

  return html`<div class="composer">
    ${text.startsWith('/') && !threadTs && html`<${Hints} typed=${text} onPick=${write} />`}
    <textarea
      ref=${area}
      rows=${Math.min(text.split('\n').length, 8)}
      value=${text}
      placeholder=${label}
      aria-label=${label}
      data-testid=${threadTs ? 'thread-composer' : 'composer'}
      onInput=${(event: Event) => write((event.target as HTMLTextAreaElement).value)}
      onKeyDown=${onKeyDown}
    ></textarea>
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

function Hints({ typed, onPick }: { typed: string; onPick(command: string): void }): VNode | null {
  const fitting = COMMANDS.filter(
    (it) => it.command.startsWith(typed.trimEnd()) || typed.trimEnd() === '/whatsnext',
  );
  if (fitting.length === 0 || fitting.some((it) => it.command === typed && typed !== '/whatsnext'))
    return null;
  return html`<ul class="command-hints" data-testid="command-hints" aria-label="Slash commands">
    ${fitting.map(
      (it) => html`<li key=${it.command}>
        <button type="button" onClick=${() => onPick(it.command)}>
          <code>${it.command}</code><span>${it.says}</span>
        </button>
      </li>`,
    )}
  </ul>`;
}
