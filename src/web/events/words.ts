/** What a person reads who wants no more mail. */
export interface Words {
  readonly title: string;
  readonly question: (business: string) => string;
  readonly button: string;
  readonly done: (business: string) => string;
  readonly already: string;
  readonly unknown: string;
  readonly unknownHint: string;
}

const en: Words = {
  title: 'Unsubscribe',
  question: (business) => `Do you want no more promotions from ${business}?`,
  button: 'No more mail, please',
  done: (business) => `Done. ${business} will not write to you any more.`,
  already: 'You can close this page.',
  unknown: 'This link is not whole.',
  unknownHint: 'Open it from the mail again, or answer the mail with one word: unsubscribe.',
};

const lv: Words = {
  title: 'Atteikšanās',
  question: (business) => `Vai vairs nevēlaties saņemt ${business} piedāvājumus?`,
  button: 'Vairs nesūtīt',
  done: (business) => `Gatavs. ${business} jums vairs nerakstīs.`,
  already: 'Šo lapu varat aizvērt.',
  unknown: 'Šī saite nav pilna.',
  unknownHint: 'Atveriet to vēlreiz no vēstules vai atbildiet uz vēstuli ar vienu vārdu: unsubscribe.',
};

const all: Readonly<Record<string, Words>> = { en, lv };

/** The first language that the reader's browser asks for and that there are words in; else the business's own. */
export function wordsFor(
  accepted: string | null,
  locales: readonly string[],
): { lang: string; words: Words } {
  const asked = (accepted ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  const lang = [...asked, ...locales].find((code) => Object.hasOwn(all, code)) ?? 'en';
  return { lang, words: all[lang] ?? en };
}
