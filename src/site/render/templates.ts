import { fail, isSecError } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { TextSource } from '../source/sources.ts';
import { checkPartials } from './check-partials.ts';
import {
  compileRules,
  createHandlebars,
  type PartialFunction,
  runtimeRules,
  TemplateProblem,
  toTemplateProblem,
} from './handlebars.ts';
import { type Helpers, registerHelpers } from './register-helpers.ts';
import type { RenderEnv } from './render-env.ts';
import { templateName } from './template-name.ts';

/** The layouts and partials of one site, read and checked. */
export interface Templates {
  has(layout: string): boolean;
  readonly layouts: readonly string[];
  /** @throws TEMPLATE_FAILED with the file and line of the layout or partial at fault */
  render(layout: string, context: object, env: RenderEnv): string;
}

/**
 * Reads all layouts and partials of a site.
 *
 * @throws TEMPLATE_FAILED for one that does not compile, PARTIAL_MISSING for one that calls what is not there
 */
export function readTemplates(
  {
    layouts,
    partials,
  }: { readonly layouts: readonly TextSource[]; readonly partials: readonly TextSource[] },
  helpers: Helpers,
): Templates {
  const running: string[] = [];
  const inFile = (file: string, run: () => string): string => {
    running.push(file);
    try {
      return run();
    } catch (error) {
      if (isSecError(error)) throw error;
      throw templateFailure(file, error);
    } finally {
      running.pop();
    }
  };
  const hb = createHandlebars((block) => {
    const caller = running.at(-1);
    return caller === undefined ? block : (context, options) => inFile(caller, () => block(context, options));
  });
  registerHelpers(hb, helpers);

  const partialNames = partials.map(({ path }) => templateName(path));
  const compile = (source: TextSource, kind: 'layouts' | 'partials'): PartialFunction => {
    const { file, text } = source;
    let template: PartialFunction;
    try {
      const ast = hb.parse(text);
      checkPartials(ast, (partial, line) => {
        if (!partialNames.includes(partial))
          throw fail('PARTIAL_MISSING', { file, line, partial, near: nearNames(partial, partialNames) });
      });
      template = hb.compile(ast, compileRules) as PartialFunction;
    } catch (error) {
      if (isSecError(error)) throw error;
      throw templateFailure(file, error);
    }
    const fact = `template:${kind}/${templateName(source.path)}` as const;
    return (context, options) => {
      envOf(options).read(fact);
      return inFile(file, () => template(context, options));
    };
  };
  for (const source of partials) hb.registerPartial(templateName(source.path), compile(source, 'partials'));
  const compiled = new Map(layouts.map((source) => [templateName(source.path), compile(source, 'layouts')]));

  return {
    has: (layout) => compiled.has(layout),
    layouts: [...compiled.keys()].sort(),
    render(layout, context, env) {
      const template = compiled.get(layout);
      if (!template) throw new TypeError(`The layout ${layout} was not checked.`);
      // A call with a fallback, or by a name that is worked out, also depends on the partials that are not there.
      env.read('partialNames:');
      return template(context, { ...runtimeRules, data: { env } });
    },
  };
}

function templateFailure(file: string, error: unknown) {
  const problem = error instanceof TemplateProblem ? error : toTemplateProblem(error);
  const start = problem.location?.start;
  return fail(
    'TEMPLATE_FAILED',
    {
      file,
      problem: problem.message,
      ...(start ? { line: start.line, column: start.column + 1 } : {}),
    },
    error,
  );
}

const envOf = (options: unknown) => (options as { data: { env: RenderEnv } }).data.env;
