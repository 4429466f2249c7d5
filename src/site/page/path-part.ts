const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ı: 'i',
};

/**
 * A title as a part of an address: `Jaunā cenrāža sākums!` → `jauna-cenraza-sakums`. Latin letters lose their
 * marks; letters of other alphabets stay. An empty text comes back where nothing is left.
 */
export function pathPart(title: string): string {
  return title
    .toLowerCase()
    .replace(/[ßæœøłđþı]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .replace(/['’ʼ]/g, '')
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}
