import type { ParseResult } from '@marcbachmann/cel-js';
import { fail } from '../../core/errors/index.ts';
import { nearNames } from '../../core/near.ts';
import { Column, UnreadableCell } from './column.ts';
import { createEnvironment } from './environment.ts';
import { explain } from './explain.ts';
import { readExpression } from './read-expression.ts';

/** What a segment looks at of a recipient. */
export interface SegmentRow {
  readonly address: string;
  readonly language?: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Where a row stands, for a person who has to mend it. */
export interface RowPlace {
  readonly file: string;
  readonly line?: number;
}

export interface SegmentCounts {
  readonly matched: number;
  readonly notMatched: number;
  /** Of all that were looked at, how many have nothing in a column that the expression speaks of. */
  readonly empty: readonly { readonly column: string; readonly recipients: number }[];
}

/** A part of a list, by an expression over its columns. */
export interface Segment {
  readonly where: string;
  /** Begins to go through a list. */
  pass(): SegmentPass;
}

export interface SegmentPass {
  /** Whether this recipient is in the segment. @throws SEGMENT_VALUE where a cell cannot be read as it must be */
  matches(row: SegmentRow, place: () => RowPlace): boolean;
  /** Of this pass so far. */
  counts(): SegmentCounts;
}

export interface SegmentOptions {
  readonly list: string;
  /** Merge fields of the list; its addresses are the column `email` besides. */
  readonly columns: readonly string[];
  readonly today: Temporal.PlainDate;
}

/**
 * Reads an expression and checks it against the list's columns, before anybody is looked at.
 *
 * @throws SEGMENT_INVALID, SEGMENT_COLUMN_UNKNOWN
 */
export function compileSegment(where: string, { list, columns, today }: SegmentOptions): Segment {
  const names = new Map(['email', ...columns].map((name) => [variableOf(name), name]));
  const environment = createEnvironment(names.keys(), today);
  const expression = parse();
  const { variables, problem } = readExpression(expression.ast);
  if (problem) throw fail('SEGMENT_INVALID', { where, problem: problem.text, at: problem.at });
  for (const word of variables)
    if (!names.has(word))
      throw fail('SEGMENT_COLUMN_UNKNOWN', {
        ...{ where, list, column: word },
        near: nearNames(word, [...names.keys()]),
        columns: [...names.keys()],
      });
  const checked = expression.check();
  if (!checked.valid) throw fail('SEGMENT_INVALID', { where, ...explain(where, checked.error) });
  if (checked.type !== 'bool')
    throw fail('SEGMENT_INVALID', { where, problem: 'it asks nothing that is true or false', at: 1 });
  const used = [...names].filter(([variable]) => variables.has(variable));
  return { where, pass: () => newPass(where, list, expression, used) };

  function parse(): ParseResult {
    try {
      return environment.parse(where);
    } catch (error) {
      throw fail('SEGMENT_INVALID', { where, ...explain(where, error) }, error);
    }
  }
}

// Words of CEL's own. A name that begins with a digit cannot be written either.
const reserved =
  /^(?:in|true|false|null|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while|prototype|\d.*)$/;

/** How a column is written in an expression: its field name, with `_` before it where CEL could not read that. */
const variableOf = (name: string) => (reserved.test(name) ? `_${name}` : name);

function newPass(
  where: string,
  list: string,
  expression: ParseResult,
  used: readonly (readonly [variable: string, name: string])[],
): SegmentPass {
  let [matched, notMatched] = [0, 0];
  const empty = new Map(used.map(([, name]) => [name, 0]));
  return {
    matches(row, place) {
      const cells: Record<string, Column> = {};
      for (const [variable, name] of used) {
        const cell = new Column(name, textOf(row, name));
        if (cell.text === '') empty.set(name, (empty.get(name) ?? 0) + 1);
        cells[variable] = cell;
      }
      try {
        const found: unknown = expression(cells);
        if (typeof found !== 'boolean') throw new TypeError('A segment must come out true or false.');
        if (found) matched++;
        else notMatched++;
        return found;
      } catch (error) {
        if (!(error instanceof UnreadableCell)) throw error;
        const { column, wanted } = error;
        throw fail('SEGMENT_VALUE', { where, list, column, wanted, ...place() }, error);
      }
    },
    counts: () => ({
      matched,
      notMatched,
      empty: [...empty]
        .filter(([, recipients]) => recipients > 0)
        .map(([column, recipients]) => ({ column, recipients })),
    }),
  };
}

/** The language is compared by its code where it is known, so that `latviešu` is `lv`. */
function textOf({ address, language, fields }: SegmentRow, name: string): string {
  if (name === 'email') return address;
  return (name === 'language' ? language : undefined) ?? fields[name] ?? '';
}
