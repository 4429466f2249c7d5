import { outlineOf } from '../../../site/foreign/outline.ts';
import { businessName, factsOf, group, localesOf, siteUrl, textSetting } from './facts.ts';
import { firstFile, type Project } from './project.ts';
import type { Recogniser } from './recogniser.ts';

const places = ['', 'html/', 'public/', 'public_html/', 'htdocs/', 'www/', 'site/', 'dist/'];

/** Finished files, made by hand or by something that is no longer there. */
export const plainHtml: Recogniser = {
  generator: 'plain HTML',
  recognise(project) {
    const index = firstFile(
      project,
      places.map((place) => `${place}index.html`),
    );
    if (index === undefined || isBuilt(project)) return undefined;
    const html = project.text(index) ?? '';
    const { title, lang } = outlineOf('index.html', html, '');
    return {
      generator: 'plain HTML',
      build: { copy: 'html' },
      part: index === 'index.html' ? undefined : index.slice(0, index.indexOf('/')),
      name: businessName(
        attribute(html, 'property="og:site_name"', 'content') ?? (title === '/' ? '' : title),
      ),
      url: siteUrl(
        attribute(html, 'rel="canonical"', 'href') ?? attribute(html, 'property="og:url"', 'content'),
      ),
      locales: localesOf([lang]),
    };
  },
};

/** Whether some program makes a site of it: its index.html is no finished page then. */
const isBuilt = (project: Project) =>
  textSetting(group(factsOf(project, 'package.json'), 'scripts'), 'build') !== undefined;

/** An attribute of the first tag that has another one, in either order. */
function attribute(html: string, marker: string, name: string): string | undefined {
  const tag = (html.match(/<(?:link|meta)\b[^>]*>/gi) ?? []).find((one) =>
    one.replaceAll("'", '"').includes(marker),
  );
  return tag && new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`, 'i').exec(tag)?.[1];
}
