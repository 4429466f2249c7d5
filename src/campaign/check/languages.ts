import type { Problem } from '../../core/problem.ts';
import { type Campaign, mainBrief } from '../brief/brief.ts';
import { asWarning, at } from './rules.ts';

/**
 * The languages of the client that a campaign leaves out or has only half.
 *
 * @param locales the languages of the client's site
 * @param worded the languages that the templates have words for
 */
export function checkLanguages(
  campaign: Campaign,
  locales: readonly string[],
  worded: readonly string[],
): Problem[] {
  const main = mainBrief(campaign);
  const folder = main.file.replace(/[^/]+$/, '');
  const missing = locales
    .filter((locale) => !campaign.briefs.has(locale))
    .map((locale) =>
      asWarning({
        file: main.file,
        rule: 'missing-translation',
        message: `The client speaks ${locale} too, and the campaign has no text in that language.`,
        fix: `Write ${folder}campaign.${locale}.md; it needs only what differs.`,
      }),
    );
  const briefs = [...campaign.briefs.values()];
  const half = briefs
    .filter((brief) => brief !== main && brief.bodyFile === main.file)
    .map((brief) =>
      asWarning({
        file: brief.file,
        rule: 'missing-translation',
        message: `The ${brief.language} mail has no text of its own: the ${main.language} one would be sent.`,
        fix: 'Write the text below the line of ---.',
      }),
    );
  const wordless = briefs
    .filter(({ language }) => !worded.includes(language) && !worded.includes(language.slice(0, 2)))
    .map((brief) =>
      asWarning({
        ...at(brief, 'language'),
        rule: 'words-missing',
        message: `The templates have no words in ${brief.language}: the foot of the mail would be English.`,
        fix: `Copy templates/email/i18n/en.yaml to ${brief.language}.yaml there and translate it.`,
      }),
    );
  return [...missing, ...half, ...wordless];
}
