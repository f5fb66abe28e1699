import type { types } from '@slack/bolt';
import { BUTTON_TEXT } from './limits.ts';
import { clip, oneLine } from './text.ts';

/** Enough to know a client by; seven full questions have to fit into a message. */
const CLIENT_CHARACTERS = 24;

/**
 * A button is read aloud with the client whom it is about: of four questions in a message, each has a "We won…". Slack
 * has such a label for buttons only; other elements stay as they are.
 */
export function named<Element extends { type: string }>(
  client: string,
  element: Element | types.Button,
): Element {
  return (
    isButton(element) ? { ...element, accessibility_label: labelOf(element, client) } : element
  ) as Element;
}

function isButton(element: { type: string }): element is types.Button {
  return element.type === 'button';
}

function labelOf({ text }: types.Button, client: string): string {
  const name = clip(oneLine(client.replace(/[<>]/g, '')), CLIENT_CHARACTERS);
  return clip(`${text.text.replace('…', '')}: ${name}`, BUTTON_TEXT);
}
