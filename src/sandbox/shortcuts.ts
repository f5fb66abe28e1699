import { parse } from 'yaml';
import { z } from 'zod';
import type { StandInShortcut } from './stand-in/types.ts';

const manifest = z.object({
  features: z.object({
    shortcuts: z
      .array(z.object({ name: z.string(), type: z.enum(['global', 'message']), callback_id: z.string() }))
      .default([]),
  }),
});

/** The shortcuts that the app's manifest names. */
export function shortcutsOf(yaml: string): StandInShortcut[] {
  return manifest.parse(parse(yaml)).features.shortcuts;
}
