import type { ASTNode } from '@marcbachmann/cel-js';
import { readDay } from './cell-values.ts';
import { functions, questions } from './environment.ts';

/** What an expression speaks of, or the first thing in it that a segment cannot use. */
export interface Reading {
  readonly variables: ReadonlySet<string>;
  /** `at` counts from 1. */
  readonly problem?: { readonly text: string; readonly at: number };
}

const ordering = new Set(['<', '<=', '>', '>=']);
const comparing = new Set([...ordering, '==', '!=', 'in']);
const joining = new Set(['&&', '||', '!_', '-_', '?:', 'list']);

/**
 * Walks through an expression. CEL can do more than choosing recipients needs (changing types, loops, regular
 * expressions): with that, a comparison could come out false without a word, so it is refused here.
 */
export function readExpression(root: ASTNode): Reading {
  const variables = new Set<string>();
  for (const node of nodesOf(root)) if (node.op === 'id') variables.add(node.args);
  for (const node of nodesOf(root)) {
    const text = problemOf(node);
    if (text !== undefined) return { variables, problem: { text, at: node.start + 1 } };
  }
  if (variables.size > 0) return { variables };
  return { variables, problem: { text: 'it speaks of no column', at: 1 } };
}

function problemOf(node: ASTNode): string | undefined {
  const { op, args } = node;
  if (op === 'id') return undefined;
  if (op === 'value')
    return args === null || typeof args === 'object'
      ? 'this cannot be compared with; an empty cell is == ""'
      : undefined;
  if (op === 'call') {
    const [name, given] = args;
    if (!functions.has(name)) return `there is no ${name}()`;
    return name === 'date' && !given.every(isDay) ? 'date("…") needs a day such as "2026-11-21"' : undefined;
  }
  if (op === 'rcall') return Object.hasOwn(questions, args[0]) ? undefined : `there is no .${args[0]}()`;
  if (joining.has(op)) return undefined;
  if (!comparing.has(op)) return 'this is more than choosing recipients needs';
  if (ordering.has(op) && partsOf(node).some((part) => isText(part) && !isDay(part)))
    return `${op} compares numbers and dates, and the text here is no date such as "2026-11-21"`;
  if (!nodesOf(node).some((part) => part.op === 'id'))
    return 'neither side is a column; columns stand without quotation marks';
  return undefined;
}

const isText = ({ op, args }: ASTNode) => op === 'value' && typeof args === 'string';
const isDay = ({ op, args }: ASTNode) => op === 'value' && typeof args === 'string' && !!readDay(args);

/** A node and everything below it, in the order of the text. */
const nodesOf = (node: ASTNode): ASTNode[] => [node, ...partsOf(node).flatMap(nodesOf)];

const partsOf = ({ args }: ASTNode): ASTNode[] => ([args].flat(3) as unknown[]).filter(isNode);
const isNode = (part: unknown): part is ASTNode => typeof part === 'object' && part !== null && 'op' in part;
