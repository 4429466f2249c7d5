import Handlebars from 'handlebars';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import type { FieldType, FieldUse } from '../message.ts';
import { blockNames, helperNames } from './helpers.ts';

/** A text with merge fields, and where it came from. */
export interface MergeSource {
  readonly text: string;
  readonly file: string;
  /** Line of the file on which the text begins. */
  readonly line: number;
  /** The brief's field, where it is one: `subject`. */
  readonly field?: string | undefined;
}

/**
 * Checks that a text holds nothing but merge fields, the few helpers, `if` and `unless`, and lists the fields.
 * What is not on this list is refused, so there is no way to a prototype, a partial or unescaped HTML.
 *
 * @throws MERGE_SYNTAX with file and line
 */
export function readMergeFields(source: MergeSource): FieldUse[] {
  const uses: FieldUse[] = [];
  /** The columns that the blocks around us ask for: inside {{#if first_name}} the cell is never empty. */
  const asked: string[] = [];
  const at = (line: number) => ({
    file: source.file,
    line: source.line + line - 1,
    ...(source.field ? { field: source.field } : {}),
  });
  const refuse = (node: hbs.AST.Node, problem: string) =>
    fail('MERGE_SYNTAX', { ...at(node.loc.start.line), problem });

  const field = (path: hbs.AST.PathExpression, fallback: boolean, type?: FieldType) => {
    if (
      path.data ||
      path.depth > 0 ||
      path.parts.length !== 1 ||
      !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(path.original)
    )
      throw refuse(
        path,
        `{{${path.original}}} is not a merge field: write one column name, such as {{first_name}}`,
      );
    uses.push({
      name: path.original,
      ...at(path.loc.start.line),
      fallback: fallback || asked.includes(path.original),
      ...(type ? { type } : {}),
    });
  };
  const expression = (node: hbs.AST.Expression, fallback: boolean, type?: FieldType) => {
    if (node.type === 'PathExpression') field(node as hbs.AST.PathExpression, fallback, type);
    else if (node.type === 'SubExpression') call(node as hbs.AST.SubExpression, fallback);
    else if (!/^(String|Number|Boolean)Literal$/.test(node.type))
      throw refuse(node, 'this value cannot be used here');
  };
  const call = (node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, fallback: boolean) => {
    const name = isPath(node.path) ? node.path.original : '';
    if (node.hash?.pairs.length > 0) throw refuse(node, `{{${name}}} takes no named values`);
    if (!(helperNames as readonly string[]).includes(name)) {
      const near = nearNames(name, helperNames)[0];
      throw refuse(
        node,
        `there is no helper "${name}"${near ? `; did you mean "${near}"?` : ` (there are ${helperNames.join(', ')})`}`,
      );
    }
    const given = name === 'or' && node.params.some(isLiteral);
    for (const [n, param] of node.params.entries())
      expression(param, fallback || given || name === 'eq', n === 0 && isType(name) ? name : undefined);
  };
  const statement = (node: hbs.AST.Statement): void => {
    if (node.type === 'MustacheStatement') mustache(node as hbs.AST.MustacheStatement);
    else if (node.type === 'BlockStatement') block(node as hbs.AST.BlockStatement);
    else if (/^Partial/.test(node.type))
      throw refuse(node, 'a part {{> …}} belongs into a template; in a brief there are merge fields only');
    else if (node.type !== 'ContentStatement' && node.type !== 'CommentStatement')
      throw refuse(node, 'only merge fields, helpers, {{#if}} and {{#unless}} can be used');
  };
  const mustache = (node: hbs.AST.MustacheStatement) => {
    if (!node.escaped)
      throw refuse(node, 'three brackets would put a cell of the list into the mail as code; use two: {{…}}');
    if (node.params.length > 0 || (isPath(node.path) && isHelper(node.path.original))) call(node, false);
    else if (isPath(node.path)) field(node.path, false);
    else throw refuse(node, 'write the name of a column between the brackets');
  };
  const block = (node: hbs.AST.BlockStatement) => {
    const name = node.path.original;
    if (!(blockNames as readonly string[]).includes(name))
      throw refuse(node, `{{#${name}}} cannot be used; there are {{#if}} and {{#unless}}`);
    if (node.hash?.pairs.length > 0 || node.params.length !== 1)
      throw refuse(node, `{{#${name}}} takes one column, such as {{#${name} first_name}}`);
    const [condition] = node.params;
    if (condition) expression(condition, true);
    const filled = name === 'if' ? node.program : node.inverse;
    const empty = name === 'if' ? node.inverse : node.program;
    if (condition && isPath(condition)) asked.push(condition.original);
    for (const inner of filled?.body ?? []) statement(inner);
    if (condition && isPath(condition)) asked.pop();
    for (const inner of empty?.body ?? []) statement(inner);
  };

  for (const node of parseMerge(source).body) statement(node);
  return uses;
}

/** Parses a text with merge fields. @throws MERGE_SYNTAX with file and line */
export function parseMerge({ text, file, line, field }: MergeSource): hbs.AST.Program {
  try {
    return Handlebars.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const inner = /(?:line |- )(\d+)/.exec(message)?.[1];
    throw fail(
      'MERGE_SYNTAX',
      {
        file,
        line: line + Number(inner ?? 1) - 1,
        ...(field ? { field } : {}),
        problem: plainProblem(message),
      },
      error,
    );
  }
}

function plainProblem(message: string): string {
  const mismatch = /^(\S+) doesn't match (\S+)/.exec(message);
  if (mismatch) return `{{#${mismatch[1]}}} is closed by {{/${mismatch[2]}}}`;
  if (/got 'EOF'|got 'INVALID'/.test(message)) return 'a merge field or a block is not closed';
  return 'this merge field cannot be read; write {{first_name}} or {{or first_name "friend"}}';
}

const isType = (name: string): name is FieldType => name === 'date' || name === 'money';
const isPath = (node: hbs.AST.Expression): node is hbs.AST.PathExpression => node.type === 'PathExpression';
const isLiteral = (node: hbs.AST.Expression) => node.type.endsWith('Literal');
const isHelper = (name: string) => (helperNames as readonly string[]).includes(name);
