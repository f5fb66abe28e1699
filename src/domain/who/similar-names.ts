import { withoutLegalForm } from './legal-form.ts';
import { nameKey } from './name.ts';

/** Slips of the fingers: what somebody may have meant who types fast. */

/** Those of `known` that a slip of the fingers away from `word` would reach, nearest first. */
export function nearWords(word: string, known: readonly string[]): string[] {
  const allowed = word.length < 5 ? 1 : 2;
  return known
    .map((candidate) => ({ candidate, slips: slipsBetween(word, candidate) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips)
    .map(({ candidate }) => candidate);
}

/** Letters added, left out, changed or swapped with their neighbour. */
function slipsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const changed = at(i - 1, j - 1) + Number(a[i - 1] !== b[j - 1]);
      const best = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed);
      rows[i]?.push(swapped ? Math.min(best, at(i - 2, j - 2) + 1) : best);
    }
  }
  return at(a.length, b.length);
}

/**
 * Those of `named` that may have been meant by a name nobody bears, nearest first. "and", "&", spaces, marks and legal
 * forms make no difference; numbers do ("Store 21" is no slip for "Store 22"), and so does every letter of a very short
 * name.
 */
export function alikeNames<N extends { name: string }>(name: string, named: readonly N[]): N[] {
  const typed = bare(name);
  const allowed = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  return named
    .map((candidate) => ({ candidate, known: bare(candidate.name) }))
    .filter(({ known }) => digits(known) === digits(typed))
    .map(({ candidate, known }) => ({ candidate, slips: slipsBetween(typed, known) }))
    .filter(({ slips }) => slips <= allowed)
    .sort((a, b) => a.slips - b.slips)
    .map(({ candidate }) => candidate);
}

/** The longest that a name and one that is alike can differ in length, marks, little words and legal forms included. */
export const ALIKE_WITHIN = 16;

/** Whether two names differ in nothing but spaces, marks, little words and legal forms. */
export function isSpelledAlike(a: string, b: string): boolean {
  return bare(a) !== '' && bare(a) === bare(b);
}

function bare(name: string): string {
  return withoutLegalForm(nameKey(name).replace(/\band\b/gu, ' ')).replace(/[^\p{L}\p{N}]/gu, '');
}

function digits(name: string): string {
  return name.replace(/\P{N}/gu, '');
}
