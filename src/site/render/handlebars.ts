import Handlebars from 'handlebars';

/** Where in a template something stands, as Handlebars counts: lines from 1, columns from 0. */
export interface TemplateLocation {
  readonly start: { readonly line: number; readonly column: number };
}

/** A mistake of a template, found while it runs or while it is read. */
export class TemplateProblem extends Error {
  readonly location: TemplateLocation | undefined;
  constructor(problem: string, location: TemplateLocation | undefined, options?: ErrorOptions) {
    super(problem, options);
    this.location = location;
  }
}

export type PartialFunction = (context: unknown, options?: unknown) => string;

/** The parts of Handlebars that its typings leave out, as its own documentation names them. */
interface Internals {
  JavaScriptCompiler: CompilerClass;
  VM: { invokePartial: InvokePartial };
  log?: unknown;
}
interface CompilerClass {
  new (): object;
  readonly prototype: LookupCompiler;
}
interface LookupCompiler {
  compiler: unknown;
  lookupPropertyFunctionIsUsed: boolean;
  quotedString(text: string): unknown;
}
interface PartialCall {
  fn?: PartialFunction & { partials?: unknown };
  name?: string;
}
type InvokePartial = (partial: unknown, context: unknown, options: PartialCall) => string;

/**
 * A Handlebars of its own: nothing that one client's theme registers is seen by another's.
 *
 * Lookups on the way to a value are safe (`{{#if page.event.place}}` asks, and an absent `event` is a no), while
 * a value that is shown must be there (`strict`). Prototypes are out of reach either way.
 *
 * @param wrapBlock is given the block that a partial call hands over, before the partial runs
 */
export function createHandlebars(wrapBlock: (block: PartialFunction) => PartialFunction): typeof Handlebars {
  const env = Handlebars.create();
  const internals = env as unknown as Internals;
  const Base: new () => object = internals.JavaScriptCompiler;
  class SafeLookups extends Base {
    nameLookup(this: LookupCompiler, parent: unknown, name: string): unknown[] {
      this.lookupPropertyFunctionIsUsed = true;
      return ['lookupProperty((', parent, ') || container.nullContext, ', this.quotedString(name), ')'];
    }
  }
  const compiler = SafeLookups as unknown as CompilerClass;
  compiler.prototype.compiler = SafeLookups;
  internals.JavaScriptCompiler = compiler;
  const { invokePartial } = internals.VM;
  internals.VM = {
    ...internals.VM,
    invokePartial(partial, context, options) {
      if (options.fn) options.fn = Object.assign(wrapBlock(options.fn), options.fn);
      return invokePartial.call(this, partial, context, options);
    },
  };
  env.unregisterHelper('log');
  return env;
}

/** For every call of a compiled template. Said outright, so that Handlebars need not warn about it. */
export const runtimeRules = {
  allowProtoPropertiesByDefault: false,
  allowProtoMethodsByDefault: false,
} as const;

/** Strict, and partials as they are: an indented call does not shift the lines of a `<pre>`. */
export const compileRules = { strict: true, preventIndent: true } as const;

/** What a failure inside a template is, in plain words, and where. */
export function toTemplateProblem(error: unknown): TemplateProblem {
  if (error instanceof TemplateProblem) return error;
  const { message, lineNumber, column } = error as Error & { lineNumber?: number; column?: number };
  const location =
    lineNumber === undefined ? parseLocation(message) : { start: { line: lineNumber, column: column ?? 0 } };
  return new TemplateProblem(plainProblem(message), location, { cause: error });
}

function parseLocation(message: string): TemplateLocation | undefined {
  const [, line] = /on line (\d+)/i.exec(message) ?? [];
  return line ? { start: { line: Number(line), column: 0 } } : undefined;
}

function plainProblem(message: string): string {
  const [, unknown] = /^"([^"]+)" not defined in/.exec(message) ?? [];
  if (unknown) return `there is no "${unknown}" here`;
  const [, notFound] = /^The partial (\S+) could not be found/.exec(message) ?? [];
  if (notFound) return `there is no partial "${notFound}"`;
  const [, opened, closed] = /^(\S+) doesn't match (\S+)/.exec(message) ?? [];
  if (opened) return `{{#${opened}}} is closed by {{/${closed}}}`;
  if (/^Parse error/.test(message)) return `the braces cannot be read: ${near(message)}`;
  if (/Cannot use 'in' operator/.test(message)) return 'a text has no fields of its own';
  return message.replace(/ - \d+:\d+$/, '');
}

function near(message: string): string {
  const [, text = ''] = message.split('\n');
  return `near ${text.trim().slice(-60)}`;
}
