import type { MarkdownIt } from 'markdown-it';

/** What markdown-it's rule for plain text stops at: every sign that another of its rules may begin with. */
const TERMINATOR = /[\n!#$%&*+\-:<=>@[\\\]^_`{}~]/g;

/** Addresses that are already as a browser wants them: nothing to encode, no user, no port, a plain host. */
const NORMAL_WEB = /^https?:\/\/[a-z0-9]+(?:[-.][a-z0-9]+)*(?:\/[A-Za-z0-9_~./-]*)?(?:#[A-Za-z0-9_-]+)?$/;
const NORMAL_PATH = /^(?:\.{1,2}\/|[A-Za-z0-9_])(?:\/?[A-Za-z0-9_.~-])*\/?(?:#[A-Za-z0-9_-]+)?$/;

/** Has a parser do in one step what it mostly has to do, with the same result. */
export function useQuickRules(md: MarkdownIt): void {
  md.inline.ruler.at('text', (state, silent) => {
    TERMINATOR.lastIndex = state.pos;
    const found = TERMINATOR.exec(state.src);
    const end = found && found.index < state.posMax ? found.index : state.posMax;
    if (end === state.pos) return false;
    if (!silent) state.pending += state.src.slice(state.pos, end);
    state.pos = end;
    return true;
  });
  const normalize = md.normalizeLink.bind(md);
  md.normalizeLink = (url) => (isNormal(url) ? url : normalize(url));
}

const isNormal = (url: string): boolean => NORMAL_WEB.test(url) || NORMAL_PATH.test(url);
