import { tick, type Work } from '../../core/progress.ts';
import type { CheckedSite } from './checked-site.ts';
import { arrangeFindings, type Finding } from './finding.ts';
import { contrastRules } from './rules/contrast.ts';
import { eventRules } from './rules/events.ts';
import { duplicateTitles, headRules, missingTranslations } from './rules/head.ts';
import { headingRules } from './rules/headings.ts';
import { linkRules } from './rules/links.ts';
import { pictureRules } from './rules/pictures.ts';
import { createValidityRule } from './rules/validity.ts';
import { wordRules } from './rules/words.ts';

/** Everything that can be found in a built site, by file and line. */
export async function* checkSite(site: CheckedSite, signal?: AbortSignal): Work<Finding[]> {
  const rules = [
    linkRules,
    pictureRules,
    headRules,
    headingRules,
    wordRules,
    eventRules,
    contrastRules,
    createValidityRule(),
  ];
  const findings: Finding[] = [];
  for (const [n, page] of site.pages.entries()) {
    const onlyLeads = page.html.isRedirect;
    for (const rule of onlyLeads ? [linkRules] : rules) findings.push(...rule(page, site));
    if (n % 20 === 19 || n === site.pages.length - 1) {
      yield tick(n + 1, site.pages.length);
      signal?.throwIfAborted();
    }
  }
  findings.push(...duplicateTitles(site), ...missingTranslations(site));
  return arrangeFindings(findings);
}
