/** What every part of the page knows (`DeskContext`), and how the page talks with its server. */

import type { types } from '@slack/bolt';
import { createContext } from 'preact';
import type { Shown } from '../stand-in/types.ts';
import type { Desk } from './wire.ts';

export interface DeskTools {
  me: string;
  botUserId: string;
  appName: string;
  shortcuts: Desk['shortcuts'];
  commands: Desk['commands'];
  /** What the workspace's address begins with. */
  domain: string;
  /** The acting person's IANA zone. */
  zone: string;
  people: Desk['people'];
  channels: Desk['channels'];
  conversations: Desk['conversations'];
  /** The sandbox's time, which runs on between two snapshots. */
  now(): Date;
  nameOf(userId: string): string;
  channelName(channelId: string): string;
  /**
   * Does something as the acting person; resolves once the page shows what came of it, with undefined where it
   * failed. What a person would then read is told to `tell`, or else shown above the composer.
   */
  perform(
    path: string,
    body: Record<string, unknown>,
    tell?: (words: string) => void,
  ): Promise<Shown | undefined>;
  /** Asks "are you sure?" in Slack's way. */
  confirm(dialog: types.ConfirmationDialog): Promise<boolean>;
}

export const DeskContext = createContext<DeskTools>(undefined as unknown as DeskTools);

export function deskTools(
  desk: Desk,
  fetchedAt: number,
  doing: Pick<DeskTools, 'perform' | 'confirm'>,
): DeskTools {
  const me = desk.people.find((person) => person.id === desk.me);
  const botName = (id: string) => (id === desk.app.userId ? desk.app.name : undefined);
  return {
    me: desk.me,
    botUserId: desk.app.userId,
    appName: desk.app.name,
    shortcuts: desk.shortcuts,
    commands: desk.commands,
    domain: desk.domain,
    zone: me?.tz ?? 'UTC',
    people: desk.people,
    channels: desk.channels,
    conversations: desk.conversations,
    now: () => new Date(Date.parse(desk.now) + performance.now() - fetchedAt),
    nameOf: (id) => botName(id) ?? desk.people.find((person) => person.id === id)?.name ?? id,
    channelName: (id) => desk.channels.find((channel) => channel.id === id)?.name ?? id,
    ...doing,
  };
}

export async function fetchDesk(user: string, channel: string): Promise<Desk> {
  return readJson(await fetch(`/api/desk?${new URLSearchParams({ user, channel })}`));
}

/** Throws with the server's own words when it refuses. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { 'content-type': 'application/json' };
  return readJson(await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function readJson<T>(response: Response): Promise<T> {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}
