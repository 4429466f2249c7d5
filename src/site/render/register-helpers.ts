import type Handlebars from 'handlebars';
import { isSecError } from '../../core/errors/index.ts';
import { type TemplateLocation, TemplateProblem } from './handlebars.ts';
import type { RenderEnv } from './render-env.ts';

/** What a helper is given beside its words. */
interface HelperCall {
  readonly env: RenderEnv;
  /** Named words: `class="wide"`. */
  readonly named: Readonly<Record<string, unknown>>;
}

/** A helper gives a value (texts are escaped where they are shown), or `html(…)` for what is HTML already. */
type Helper = (call: HelperCall, ...words: readonly unknown[]) => unknown;
export type Helpers = Readonly<Record<string, Helper>>;

/** Marks a text as HTML that must not be escaped again. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toHTML(): string {
    return this.text;
  }
  toString(): string {
    return this.text;
  }
}

interface Options {
  readonly name: string;
  readonly hash: Record<string, unknown>;
  readonly data: { readonly env: RenderEnv };
  readonly loc?: TemplateLocation;
}

/** Registers helpers so that what they throw, and a helper that does not exist, names the template's line. */
export function registerHelpers(hb: typeof Handlebars, helpers: Helpers): void {
  for (const [name, helper] of Object.entries(helpers)) {
    hb.registerHelper(name, (...args: unknown[]) => {
      const options = args.pop() as Options;
      try {
        return helper({ env: options.data.env, named: options.hash }, ...args);
      } catch (error) {
        if (isSecError(error) || error instanceof TemplateProblem) throw error;
        throw new TemplateProblem(`${name}: ${(error as Error).message}`, options.loc, { cause: error });
      }
    });
  }
  hb.registerHelper('helperMissing', (...args: unknown[]) => {
    const { name, loc } = args.pop() as Options;
    throw new TemplateProblem(`there is no "${name}" here`, loc);
  });
}
