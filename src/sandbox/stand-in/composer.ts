import { APP, type Workspace } from './workspace.ts';

/**
 * What a person types, as apps receive it: `&<>` escaped, links and addresses wrapped, `@ana` and `#sales`
 * turned into mentions where there is such a person or channel.
 */
export function composed(workspace: Workspace, typed: string): string {
  return typed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/https?:\/\/\S*[^\s.,;:!?)]/g, (url) => `<${url}>`)
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, (address) => `<mailto:${address}|${address}>`)
    .replace(/(?<![\w<|])@([\w.-]*\w)/g, (written, name) => personMention(workspace, name) ?? written)
    .replace(/(?<![\w&/])#([\w-]+)/g, (written, name) => channelMention(workspace, name) ?? written);
}

/** The same for what follows a slash command: Slack tells the name in a mention of a person there. */
export function composedForCommand(workspace: Workspace, typed: string): string {
  return composed(workspace, typed).replace(
    /<@(\w+)>/g,
    (_, id: string) => `<@${id}|${workspace.people.get(id)?.name ?? APP.handle}>`,
  );
}

function personMention(workspace: Workspace, name: string): string | undefined {
  if (name === APP.handle) return `<@${APP.botUserId}>`;
  const person = [...workspace.people.values()].find((each) => each.name === name);
  return person && `<@${person.id}>`;
}

function channelMention(workspace: Workspace, name: string): string | undefined {
  const channel = [...workspace.channels.values()].find(
    (each) => each.kind === 'channel' && each.name === name,
  );
  return channel && `<#${channel.id}|${channel.name}>`;
}
