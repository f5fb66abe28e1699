/** What formatted text consists of, whichever way it was written (mrkdwn, rich_text or plain text). */
export interface Style {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  underline?: boolean;
  code?: boolean;
}

export type Inline =
  | { kind: 'text'; text: string; style?: Style }
  | { kind: 'styled'; style: Style; of: Inline[] }
  | { kind: 'link'; url: string; of: Inline[]; style?: Style }
  | { kind: 'user' | 'channel' | 'group'; id: string; label?: string; style?: Style }
  | { kind: 'broadcast'; range: string; style?: Style }
  | { kind: 'date'; timestamp: number; format: string; url?: string; fallback: string; style?: Style }
  | { kind: 'emoji'; name: string; unicode?: string; style?: Style }
  | { kind: 'color'; value: string; style?: Style };

export type Part =
  | { kind: 'paragraph'; of: Inline[] }
  | { kind: 'quote'; of: Inline[] }
  | { kind: 'pre'; text: string }
  | { kind: 'list'; ordered: boolean; indent: number; start: number; items: Inline[][] };
