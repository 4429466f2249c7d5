import type { CheckedPage, CheckedSite, PageRule } from '../checked-site.ts';
import { asError, asWarning, type Finding } from '../finding.ts';
import { atField } from '../locate.ts';

/** Characters that search engines show of a title and of a description, about. */
const TITLE_LENGTH = 70;
const DESCRIPTION_LENGTH = 165;

/** Title, description and language, as search engines and screen readers use them. */
export const headRules: PageRule = (page) => [
  ...checkTitle(page),
  ...checkDescription(page),
  ...checkLanguage(page),
];

function checkTitle(page: CheckedPage): Finding[] {
  const { title } = page.html;
  if (!title)
    return [
      asError({
        ...atField(page, 'title'),
        rule: 'missing-title',
        message: 'The page has no title: nothing names it in a browser tab or in search results.',
        fix: 'Write title: What the page is about, among the fields at its top.',
      }),
    ];
  const length = [...title].length;
  if (length <= TITLE_LENGTH) return [];
  return [
    asWarning({
      ...atField(page, 'title'),
      rule: 'long-title',
      message: `The title has ${length} characters with the name of the site; search results cut it off after about ${TITLE_LENGTH}.`,
      fix: 'Say it in fewer words, the most important ones first.',
    }),
  ];
}

function checkDescription(page: CheckedPage): Finding[] {
  const { description, isHidden } = page.html;
  if (isHidden || page.isNotFound) return [];
  if (!description)
    return [
      asWarning({
        ...atField(page, 'description'),
        rule: 'missing-description',
        message: 'The page has no description: search results show some piece of its text instead.',
        fix: 'Write description: one or two sentences on what a visitor finds here, among the fields at its top.',
      }),
    ];
  const length = [...description].length;
  if (length <= DESCRIPTION_LENGTH) return [];
  return [
    asWarning({
      ...atField(page, 'description'),
      rule: 'long-description',
      message: `The description has ${length} characters; search results cut it off after about ${DESCRIPTION_LENGTH}.`,
      fix: 'Shorten it to one or two sentences.',
    }),
  ];
}

function checkLanguage({ html: { lang }, file, source }: CheckedPage): Finding[] {
  if (!lang?.trim())
    return [
      asError({
        file,
        rule: 'missing-language',
        message: 'The page does not say which language it is in: screen readers pronounce it wrongly.',
        fix: 'Have the layout begin with <html lang="{{page.lang}}">.',
      }),
    ];
  if (!source || lang.toLowerCase() === source.lang.toLowerCase()) return [];
  return [
    asWarning({
      file,
      rule: 'wrong-language',
      text: lang,
      message: `The page says that it is in "${lang}", and it is the page for "${source.lang}".`,
      fix: 'Have the layout begin with <html lang="{{page.lang}}">.',
    }),
  ];
}

/** Pages of one language that visitors and search engines cannot tell apart by their titles. */
export function duplicateTitles({ pages }: CheckedSite): Finding[] {
  const shown = pages.filter(({ html, isNotFound }) => html.title && !html.isHidden && !isNotFound);
  const groups = Map.groupBy(shown, ({ html }) => `${html.lang}\n${html.title?.toLowerCase()}`);
  return [...groups.values()].flatMap((group) =>
    group.slice(1).map((page) =>
      asWarning({
        ...atField(page, 'title'),
        rule: 'duplicate-title',
        text: page.html.title ?? '',
        message: `Another page has the same title, "${page.html.title}": ${group[0]?.url}.`,
        fix: 'Give each page a title of its own, so that people can tell them apart.',
      }),
    ),
  );
}

/** Pages that are not there in every language of the site. */
export function missingTranslations({ translations, locales }: CheckedSite): Finding[] {
  const name = (code: string) => new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code;
  return translations.flatMap(({ file, languages }) => {
    const missing = locales.filter((locale) => !languages.includes(locale));
    if (missing.length === 0) return [];
    return [
      asWarning({
        file,
        rule: 'missing-translation',
        text: missing.join(', '),
        message: `The page is not there in ${missing.map(name).join(', ')}.`,
        fix: `Write it beside this file, with the language before the ending: ${translated(file, missing[0] ?? '')}.`,
      }),
    ];
  });
}

const translated = (file: string, lang: string) =>
  `${file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.md$/i, '')
    .replace(/\.[a-z]{2,3}(-[A-Z]{2})?$/, '')}.${lang}.md`;
