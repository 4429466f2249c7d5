const unmarked: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};

/** The text in plain Latin letters: `Ķiršu kūka` → `Kirsu kuka`. Letters of other scripts stay. */
export function transliterate(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæøœłđðþ]/gi, (letter) => unmarked[letter.toLowerCase()] ?? letter);
}

/** A title as part of an address or a file name: `Jaunumi: Ķiršu kūka!` → `jaunumi-kirsu-kuka`; empty where nothing is left. */
export function slugify(title: string): string {
  return transliterate(title)
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}
