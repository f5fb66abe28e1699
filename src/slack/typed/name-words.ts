/** A name in quotes at the beginning of a text, and what follows it. The name may be empty. */
export function readQuoted(text: string): { name: string; rest: string } | null {
  const [, name, rest = ''] = /^["“”„]([^"“”„]*)["“”](?:\s+([\s\S]*))?$/.exec(text.trim()) ?? [];
  return name === undefined ? null : { name: name.trim(), rest: rest.trim() };
}

/** An account's name as typed, out of its quotes if it stands in some. */
export function readName(text: string): string {
  const quoted = readQuoted(text);
  return quoted !== null && quoted.rest === '' ? quoted.name : text.trim();
}

/** Without the little words and marks that join a name, an amount and a need. */
export function withoutJoint(text: string): string {
  return text
    .replace(/^[\s:,–—-]+/, '')
    .replace(/(?:[\s:,–—-]+|(?:^|\s)(?:for|at|about|around|worth))+$/i, '');
}
