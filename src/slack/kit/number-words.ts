const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SMALL = new Map([
  ...UNITS.map((word, index) => [word, index] as const),
  ...TENS.map((word, index) => [word, (index + 2) * 10] as const),
]);
const SCALES = new Map([
  ['thousand', 1_000],
  ['grand', 1_000],
  ['million', 1_000_000],
]);

/**
 * Reads a whole number that ends a text in words: "twenty thousand", "20 thousand", "two hundred and fifty". Null when
 * none does. What stands before it comes back as it is.
 */
export function readTrailingNumberWords(text: string): { before: string; value: string } | null {
  const words = text.trim().split(/\s+/);
  let start = words.length;
  while (start > 0 && isNumberWord(words[start - 1] ?? '')) start -= 1;
  while (start < words.length && fold(words[start] ?? '') === 'and') start += 1;
  const value = numberOf(words.slice(start).flatMap((word) => fold(word).split('-')));
  return value === null ? null : { before: words.slice(0, start).join(' '), value: String(value) };
}

function fold(word: string): string {
  return word.toLowerCase().replace(/[.,!]+$/, '');
}

function isNumberWord(word: string): boolean {
  return fold(word)
    .split('-')
    .every(
      (part) =>
        SMALL.has(part) || SCALES.has(part) || part === 'hundred' || part === 'and' || /^\d{1,3}$/.test(part),
    );
}

/** Null for digits alone: those are read elsewhere. */
function numberOf(words: readonly string[]): number | null {
  if (words.every((word) => /^\d+$/.test(word))) return null;
  let [total, group] = [0, 0];
  for (const word of words) {
    const scale = SCALES.get(word);
    if (word === 'and') continue;
    if (scale !== undefined) [total, group] = [total + Math.max(group, 1) * scale, 0];
    else if (word === 'hundred') group = Math.max(group, 1) * 100;
    else group += SMALL.get(word) ?? Number(word);
  }
  return total + group;
}
