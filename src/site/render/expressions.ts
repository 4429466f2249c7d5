import { fail, isSecError, type Place } from '../../core/errors/index.ts';
import {
  compileRules,
  createHandlebars,
  type PartialFunction,
  runtimeRules,
  toTemplateProblem,
} from './handlebars.ts';
import { type Helpers, registerHelpers } from './register-helpers.ts';
import type { RenderEnv } from './render-env.ts';

/** Values between braces in Markdown. */
export interface Expressions {
  /**
   * The value of `data.prices.stollen` or `money data.prices.stollen "EUR"`; as HTML, what a text holds is escaped.
   *
   * @throws TEMPLATE_FAILED with the page's file and line
   */
  evaluate(
    expression: string,
    as: 'html' | 'text',
    making: { context: object; env: RenderEnv; place: Place },
  ): string;
}

/** Braces in Markdown show values; blocks, partials and comments belong into layouts. */
export function createExpressions(helpers: Helpers): Expressions {
  const hb = createHandlebars((block) => block);
  registerHelpers(hb, helpers);
  const compiled = new Map<string, PartialFunction>();
  return {
    evaluate(expression, as, { context, env, place }) {
      const text = expression.trim();
      try {
        if (/^[#/^>!&*]|^else\b/.test(text)) throw new TypeError('in a text, braces can only show a value');
        const source = as === 'html' ? `{{${text}}}` : `{{{${text}}}}`;
        let template = compiled.get(source);
        if (!template) {
          template = hb.compile(source, compileRules) as PartialFunction;
          compiled.set(source, template);
        }
        return template(context, { ...runtimeRules, data: { env } });
      } catch (error) {
        if (isSecError(error)) throw error;
        throw fail(
          'TEMPLATE_FAILED',
          { ...place, problem: `{{${text}}}: ${toTemplateProblem(error).message}` },
          error,
        );
      }
    },
  };
}
