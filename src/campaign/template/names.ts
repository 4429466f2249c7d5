import Handlebars from 'handlebars';
import { fail } from '../../core/errors/index.ts';
import type { TemplateFile } from './template.ts';

/**
 * Refuses blocks that ask for a name which is not there. Handlebars is strict where a name is shown, and takes an
 * unknown one in `{{#each …}}` or `{{#if …}}` for an empty one: a misspelt list of offers would be no offers.
 *
 * @param isPart whether other files call this one, with a context that only they know
 * @throws TEMPLATE_BROKEN
 */
export function checkNames(
  { file, source }: TemplateFile,
  program: hbs.AST.Program,
  view: object,
  isPart: boolean,
): void {
  const lines = source.split('\n').length;
  let inLoop = isPart;
  const visitor = new Handlebars.Visitor();
  const check = (node: hbs.AST.Expression) => {
    if (node.type !== 'PathExpression') return;
    const { data, depth, parts, loc, original } = node as hbs.AST.PathExpression;
    const [first, second] = parts;
    const isRoot = data ? first === 'root' : !inLoop && depth === 0;
    const name = data ? second : first;
    if (!isRoot || name === undefined || Object.hasOwn(view, name)) return;
    throw fail('TEMPLATE_BROKEN', {
      file,
      line: Math.min(loc.start.line, lines),
      problem: `the template asks for "${original}", which is not there`,
    });
  };
  visitor.BlockStatement = function (this: typeof visitor, block: hbs.AST.BlockStatement) {
    for (const param of block.params) check(param);
    const outer = inLoop;
    inLoop ||= block.path.original === 'each';
    this.accept(block.program);
    inLoop = outer;
    if (block.inverse) this.accept(block.inverse);
  };
  visitor.accept(program);
}
