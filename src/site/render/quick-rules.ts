import type { MarkdownIt } from 'markdown-it';

/** Addresses that are already as a browser wants them: nothing to encode, no user, no port, a plain host. */
const NORMAL_WEB = /^https?:\/\/[a-z0-9]+(?:[-.][a-z0-9]+)*(?:\/[A-Za-z0-9_~./-]*)?(?:#[A-Za-z0-9_-]+)?$/;
const NORMAL_PATH = /^(?:\.{1,2}\/|[A-Za-z0-9_])(?:\/?[A-Za-z0-9_.~-])*\/?(?:#[A-Za-z0-9_-]+)?$/;

/** Every bare link has one of these. */
const LINK_MARK = /\/\/|@/;

/** Has a parser do in one step what it mostly has to do, with the same result. */
export function useQuickRules(md: MarkdownIt): void {
  const normalize = md.normalizeLink.bind(md);
  md.normalizeLink = (url) => (isNormal(url) ? url : normalize(url));
  const isLinkIn = md.linkify.test.bind(md.linkify);
  md.linkify.test = (text: string) => LINK_MARK.test(text) && isLinkIn(text);
  const linkify = ruleOf(md.core.ruler, 'linkify');
  // The rule looks for bare links in what is written, where it finds those again that are no bare ones.
  md.core.ruler.at('linkify', (state) => {
    if (state.tokens.some(hasLinkMark)) linkify(state);
  });
}

const isNormal = (url: string): boolean => NORMAL_WEB.test(url) || NORMAL_PATH.test(url);

const hasLinkMark = ({ type, content, children }: MarkdownToken): boolean =>
  type === 'inline' &&
  LINK_MARK.test(content) &&
  children?.some((child) => child.type === 'text' && LINK_MARK.test(child.content)) === true;

type MarkdownToken = Parameters<MarkdownIt['renderer']['render']>[0][number];

/** The function behind one of a parser's rules. */
export function ruleOf<Rule>(
  ruler: { getRules(chain: string): Rule[]; enable(name: string): unknown; disable(name: string): unknown },
  name: string,
): Rule {
  const all = ruler.getRules('');
  ruler.disable(name);
  const others = new Set(ruler.getRules(''));
  ruler.enable(name);
  const rule = all.find((one) => !others.has(one));
  if (!rule) throw new TypeError(`The rule ${name} was off.`);
  return rule;
}
