import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { COMMAND } from '../../src/slack/command/command.ts';
import { SHORTCUT } from '../../src/slack/kit/ids.ts';

const sources = globSync('src/slack/**/*.ts').map((path) => readFileSync(path, 'utf8'));
const text = (min: number, max: number) => z.string().min(min).max(max);
const bounded = z.array(text(1, 50));

/** What Slack takes, as far as this app uses it: https://docs.slack.dev/reference/app-manifest */
const Manifest = z.strictObject({
  display_information: z.strictObject({
    name: text(1, 35),
    description: text(1, 140),
    long_description: text(175, 4_000),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({
      display_name: text(1, 80).regex(/^[a-z0-9_.-]+$/),
      always_online: z.boolean(),
    }),
    shortcuts: z
      .array(
        z.strictObject({
          name: text(1, 24),
          type: z.enum(['global', 'message']),
          callback_id: text(1, 255),
          description: text(1, 150),
        }),
      )
      .max(10),
    slash_commands: z
      .array(
        z.strictObject({
          command: text(2, 32).regex(/^\/[a-z0-9_-]+$/),
          description: text(1, 2_000),
          usage_hint: text(1, 1_000),
          should_escape: z.literal(true),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: bounded.max(255) }) }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({ bot_events: bounded.max(100) }),
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.literal(true),
    token_rotation_enabled: z.literal(false),
  }),
});

/** The bot scope that each method of the Web API asks for; none where any token will do. */
const METHOD_SCOPES: Record<string, string[]> = {
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['im:history'],
  'conversations.open': ['im:write'],
  'users.info': ['users:read', 'users:read.email'],
  'users.list': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const EVENT_SCOPES: Record<string, string[]> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  'message.im': ['im:history'],
  team_join: ['users:read'],
  tokens_revoked: [],
  user_change: ['users:read'],
};

const manifest = Manifest.parse(parse(readFileSync('manifest.yml', 'utf8')));
const events = manifest.settings.event_subscriptions.bot_events;
const scopes = manifest.oauth_config.scopes.bot;

describe('the manifest', () => {
  it('subscribes to the events that are listened to, and to no others', () => {
    const heard = found(/\.event\(\s*'([\w.]+)'/g).map((name) => (name === 'message' ? 'message.im' : name));
    expect(heard.length).toBeGreaterThan(0);
    expect([...events].sort()).toEqual(heard);
  });

  it('names the commands that are answered, and no others', () => {
    expect(found(/\.command\(\s*([^,\s]+),/g)).toEqual(['COMMAND']);
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
  });

  it('names the shortcuts that are answered, and no others', () => {
    const answered = found(/\.shortcut(?:<\w+>)?\(\s*SHORTCUT\.(\w+),/g);
    expect(answered).toEqual(Object.keys(SHORTCUT).sort());
    const named = manifest.features.shortcuts.map(({ callback_id }) => callback_id);
    expect(named.sort()).toEqual(Object.values(SHORTCUT).sort());
  });

  it('says where menus that are filled by typing ask over HTTP', () => {
    expect(found(/\.options\(\s*(\w+)/g).length).toBeGreaterThan(0);
    expect(readFileSync('manifest.yml', 'utf8')).toContain('message_menu_options_url of interactivity');
  });

  it('asks for the scopes of what is used, and for no others', () => {
    const methods = found(
      /(?:client|#background|#click|#inTurn)\s*\.((?:auth|chat|conversations|users|views|[a-z]+)\.\w+)\(/gi,
    );
    expect(methods).toContain('chat.postMessage');
    expect(methods.filter((method) => !(method in METHOD_SCOPES))).toEqual([]);
    expect(events.filter((event) => !(event in EVENT_SCOPES))).toEqual([]);
    const needed = [
      'commands',
      ...methods.flatMap((method) => METHOD_SCOPES[method] ?? []),
      ...events.flatMap((event) => EVENT_SCOPES[event] ?? []),
    ];
    expect([...scopes].sort()).toEqual([...new Set(needed)].sort());
  });
});

/** What the pattern's group finds in the sources, each once, sorted. */
function found(pattern: RegExp): string[] {
  const names = sources.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''));
  return [...new Set(names)].sort();
}
