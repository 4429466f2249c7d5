import Handlebars from 'handlebars';
import { fail, isSecError } from '../../core/errors/index.ts';
import { createLineMap, type LineMap } from './lines.ts';
import { checkNames } from './names.ts';
import { calledParts } from './parts.ts';
import type { Template, TemplateFile } from './template.ts';

const helpers = ['if', 'unless', 'each', 'eq'];

/**
 * Fills a template with what the brief and the client say, once per language. Handlebars is strict here too: a
 * name that is not there is an error with the template's line.
 *
 * @param prepare called on every source before it is read, to take the recipient's merge fields out of the way
 * @returns MJML, and where each of its lines came from
 * @throws TEMPLATE_BROKEN
 */
export function expandTemplate(
  template: Template,
  view: object,
  prepare: (source: string) => string,
): ReturnType<LineMap['collect']> {
  const lines = createLineMap();
  const engine = Handlebars.create();
  for (const name of Object.keys(engine.helpers)) if (!helpers.includes(name)) engine.unregisterHelper(name);
  engine.registerHelper('eq', (a: unknown, b: unknown) => a === b);

  const compile = (file: TemplateFile, isPart: boolean) => {
    checkPartials(file, template);
    const source = lines.mark({ file: file.file, source: prepare(file.source) });
    checkNames(file, parse(source, file.file), view, isPart);
    const render = engine.compile(source, {
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: {
        ...Object.fromEntries(helpers.map((name) => [name, true])),
        ...{ helperMissing: false, blockHelperMissing: false, with: false, log: false, lookup: false },
      },
    });
    return (context: unknown, options?: Handlebars.RuntimeOptions) => {
      try {
        return render(context, {
          ...options,
          allowProtoMethodsByDefault: false,
          allowProtoPropertiesByDefault: false,
        });
      } catch (error) {
        throw templateError(error, file.file);
      }
    };
  };
  const whole = compile(template, false);
  for (const [name, partial] of template.partials) engine.registerPartial(name, compile(partial, true));
  return lines.collect(whole(view));
}

function parse(source: string, file: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source);
  } catch (error) {
    throw templateError(error, file);
  }
}

/** Handlebars does not say on which line a missing part was asked for. */
function checkPartials({ file, source }: TemplateFile, { partials }: Template): void {
  for (const { name, index } of calledParts(source)) {
    if (partials.has(name)) continue;
    const line = source.slice(0, index).split('\n').length;
    const problem = `there is no part called "${name}" in templates/email/partials`;
    throw fail('TEMPLATE_BROKEN', { file, line, problem });
  }
}

function templateError(error: unknown, file: string): Error {
  if (isSecError(error)) return error;
  const { message, lineNumber } = error as Error & { lineNumber?: number };
  const line = lineNumber ?? Number(/(?:line |- )(\d+)/.exec(message)?.[1] ?? 1);
  return fail('TEMPLATE_BROKEN', { file, line, problem: plainProblem(message) }, error);
}

function plainProblem(message: string): string {
  const unknown = /^"(.+)" not defined/.exec(message);
  if (unknown) return `the template asks for "${unknown[1]}", which is not there`;
  const helper = /unknown helper (\S+)/.exec(message);
  if (helper) return `there is no helper "${helper[1]}" in templates`;
  return message.split('\n')[0]?.replace(/ - \d+:\d+$/, '') ?? message;
}
