import { fail, isSecError, type Place } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import { decode, follow, runsCode } from '../page/address.ts';
import type { Page } from '../page/page.ts';
import type { Expressions } from './expressions.ts';
import { type FactName, type Facts, type Reads, recordReads } from './facts.ts';
import type { Markdown } from './markdown.ts';
import type { Heading, MarkdownEnv } from './markdown-env.ts';
import { pageContext } from './page-context.ts';
import type { RenderEnv } from './render-env.ts';
import type { RenderedSite } from './rendered-site.ts';
import { fileFact } from './site-facts.ts';
import type { Templates } from './templates.ts';

/** What turns pages into HTML: made once for a build. */
export interface Renderer {
  readonly site: RenderedSite;
  readonly facts: Facts;
  readonly templates: Templates;
  readonly expressions: Expressions;
  readonly markdown: Markdown;
}

export interface RenderedPage {
  readonly html: string;
  readonly reads: Reads;
}

/**
 * Renders one page.
 *
 * @throws TEMPLATE_FAILED, PAGE_LINK_BROKEN, LINK_OUTSIDE with file and line
 */
export function renderPage(renderer: Renderer, page: Page, layout: string): RenderedPage {
  const { site, templates, markdown, expressions } = renderer;
  const { client } = site;
  const facts = recordReads(renderer.facts);
  const address = (path: string) => pathOf(site, page, facts.read, path);
  const context = pageContext({ site, page, layout, facts, address });
  const placeOf = (line: number): Place => ({ file: page.file, line: page.bodyLine + line - 1 });

  const markdownEnv = (toc: Heading[], place: (line: number) => Place): MarkdownEnv => ({
    toc,
    link: (written, line) => linkAddress(site, page, facts.read, written, place(line)),
    picture: (src) => facts.read(`picture:${src}`) as ReturnType<MarkdownEnv['picture']>,
    value: (expression, line, as) =>
      expressions.evaluate(expression, as, { context: context.body(), env, place: place(line) }),
  });
  const env: RenderEnv = {
    lang: page.lang,
    timezone: client.timezone,
    siteUrl: client.config.url,
    read: facts.read,
    address,
    markdown: (text, inline) => {
      const own = markdownEnv([], () => ({ file: page.file }));
      return inline ? markdown.renderInline(text, own) : markdown.render(text, own);
    },
  };
  const toc: Heading[] = [];
  const content = markdown.render(page.content.body, markdownEnv(toc, placeOf));
  try {
    const html = templates.render(layout, context.complete(content, toc), env);
    return { html, reads: facts.reads() };
  } catch (error) {
    if (!isSecError(error, 'TEMPLATE_FAILED') || error.details.page) throw error;
    throw fail(
      'TEMPLATE_FAILED',
      { ...(error.details as unknown as Place & { problem: string }), page: page.file },
      error,
    );
  }
}

type Read = (name: FactName) => unknown;

/** An address in a field or a layout: to a page by its .md file, or to a file. */
function pathOf(site: RenderedSite, page: Page, read: Read, written: string): string {
  if (runsCode(written)) return '';
  if (/\.md($|[?#])/.test(written)) return linkAddress(site, page, read, written, { file: page.file });
  return fileAt(page, read, written);
}

function linkAddress(site: RenderedSite, page: Page, read: Read, written: string, place: Place): string {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(written)) return written;
  const [path = '', ending = ''] = written.split(/(?=[?#])/, 2);
  const rest = written.slice(path.length) || ending;
  const decoded = decode(path);
  if (!decoded.startsWith('/') && follow(page.folder, decoded) === undefined && decoded.includes('.md'))
    throw fail('LINK_OUTSIDE', { ...place, path: decoded });
  if (!decoded.endsWith('.md')) return fileAt(page, read, path) + rest;
  const target = follow(page.folder, decoded) ?? '';
  const found = read(`link:${page.lang}/${target}`);
  if (typeof found === 'string') return found + rest;
  const near = nearNames(
    target,
    site.all.map((other) => other.path),
  );
  throw fail('PAGE_LINK_BROKEN', { ...place, link: decoded, near });
}

/** Where a file is that the page names; the page depends on the answer. */
const fileAt = (page: Page, read: Read, path: string) => String(read(fileFact(page, path)));
