/** A name folded for comparing: case, accents' encodings and spaces do not make two clients of one. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
