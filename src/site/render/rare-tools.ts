import type { MarkdownIt } from 'markdown-it';
import type { HtmlRule } from './html-rule.ts';

/** What few texts need and what takes longer to load than all else that renders them. */
export interface RareTools {
  /** Takes out of rendered HTML whatever could run or hide. */
  sanitise(html: string): string;
  /** Teaches a parser `{.class #id}`. */
  readAttributes(md: MarkdownIt, html: HtmlRule): void;
}

/** Tools that are brought once somebody reached for them. */
export interface ToolBox {
  /** One that is not there yet does nothing: what was made with it must be made again. */
  readonly tools: RareTools;
  /** Whether somebody reached for what is not there. */
  readonly isShort: boolean;
  fill(): Promise<void>;
}

export function toolBox(): ToolBox {
  const missing = new Set<keyof RareTools>();
  let tools: RareTools = {
    sanitise(html) {
      missing.add('sanitise');
      return html;
    },
    readAttributes: () => void missing.add('readAttributes'),
  };
  return {
    get tools() {
      return tools;
    },
    get isShort() {
      return missing.size > 0;
    },
    async fill() {
      if (missing.has('sanitise')) {
        const { sanitise } = await import('./sanitise.ts');
        tools = { ...tools, sanitise };
      }
      if (missing.has('readAttributes')) {
        const { readAttributes } = await import('./attributes.ts');
        tools = { ...tools, readAttributes };
      }
      missing.clear();
    },
  };
}
