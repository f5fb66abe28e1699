import { nameKey } from './name.ts';

/** What companies put after their names by law, without dots and marks. */
const FORMS = new Set(
  [
    'inc incorporated corp corporation co company llc llp lp ltd limited plc pty pte pvt',
    'gmbh ag kg ohg ug se mbh ev eg',
    'sa sas sasu sarl srl spa snc sl slu lda ltda',
    'bv nv ab as asa oy oyj aps kft zrt doo sro sp zoo ooo',
  ]
    .join(' ')
    .split(' '),
);
const JOINTS = new Set(['&', 'and', 'et', 'und', 'y', 'e']);

/**
 * A name folded by nameKey(), without the legal form that ends it: "Acme Inc." and "Acme GmbH & Co. KG" are "acme".
 * Only to suggest what may be meant, never to join: two companies can differ in nothing else.
 */
export function withoutLegalForm(name: string): string {
  const words = nameKey(name).split(' ');
  let end = words.length;
  while (end > 1 && isForm(words[end - 1] ?? '')) end -= 1;
  const isFormAfter = end < words.length;
  while (isFormAfter && end > 1 && JOINTS.has(words[end - 1] ?? '')) end -= 1;
  return end === 0 ? nameKey(name) : words.slice(0, end).join(' ').replace(/,$/, '');
}

function isForm(word: string): boolean {
  return FORMS.has(word.replace(/[.,()]/g, '')) || JOINTS.has(word);
}
