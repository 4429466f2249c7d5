/** What the name of a file below content/ says. */
export interface PagePath {
  readonly folder: string;
  /** File name without language and ending: `_index`, `index`, `contact`. */
  readonly name: string;
  readonly lang: string;
  /** Folder and name: the same for all languages. */
  readonly stem: string;
  /** A language in the name that the client's site does not have. */
  readonly foreign?: string;
}

/** Reads `post/tea/index.en.md`: the folder, the name, the language; without one it is the main language's. */
export function parsePagePath(path: string, locales: readonly string[]): PagePath {
  const cut = path.lastIndexOf('/');
  const folder = cut < 0 ? '' : path.slice(0, cut);
  const base = path.slice(cut + 1).replace(/\.md$/i, '');
  const [before, ending] = splitLanguage(base);
  const lang = ending && locales.find((locale) => locale.toLowerCase() === ending.toLowerCase());
  const name = lang ? before : base;
  const foreign = ending && !lang && isLanguage(ending) ? ending : undefined;
  return {
    folder,
    name,
    lang: lang || (locales[0] ?? 'en'),
    stem: folder ? `${folder}/${name}` : name,
    ...(foreign ? { foreign } : {}),
  };
}

/** `index.en` is `index` and `en`; most names have no language. */
function splitLanguage(base: string): readonly [name: string, language: string] {
  if (!base.includes('.')) return [base, ''];
  const [, name = base, language = ''] = /^(.+)\.([a-z]{2,3}(?:-[a-z]{2})?)$/i.exec(base) ?? [];
  return [name, language];
}

function isLanguage(code: string): boolean {
  if (!/^[a-z]{2}(-[a-z]{2})?$/i.test(code)) return false;
  const name = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(code.slice(0, 2));
  return name !== undefined;
}
