/** Where a message is in a browser or the Slack app. `url` is the workspace's address, https://acme.slack.com/ */
export function messageLink(url: string, channelId: string, ts: string): string {
  return new URL(`/archives/${channelId}/p${ts.replace('.', '')}`, url).href;
}
