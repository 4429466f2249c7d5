import { ParseError, TypeError } from '@marcbachmann/cel-js';

/** What is wrong with an expression, in plain words, and where: the sign, from 1. */
export interface Explanation {
  readonly problem: string;
  readonly at: number;
}

/** Slips of people who write expressions rarely, outside quotation marks: what they wrote, and what to write. */
const slips: readonly (readonly [RegExp, string])[] = [
  [/[“”„«»‘’]/, 'quotation marks must be straight ones: "…"'],
  [/(?<![=!<>])=(?!=)/, 'two equals signs compare: city == "Rīga"'],
  [/<>/, '!= means "is not"'],
  [/\b(?:and|un)\b/i, '&& joins two questions of which both must hold'],
  [/\b(?:or|vai)\b/i, '|| joins two questions of which one must hold'],
  [/\bnot\b/i, '! turns a question round: !(city == "Rīga")'],
];
const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** Explains what CEL said about an expression. */
export function explain(where: string, error: unknown): Explanation {
  const bare = where.replace(quoted, (text) => '_'.repeat(text.length));
  if (error instanceof ParseError) {
    for (const [slip, problem] of slips) {
      const found = slip.exec(bare);
      if (found) return { problem, at: found.index + 1 };
    }
    return { problem: broken(where, error), at: (error.range?.start ?? 0) + 1 };
  }
  if (error instanceof TypeError) return { problem: mistyped(error), at: (error.range?.start ?? 0) + 1 };
  return { problem: 'sec does not know what it should mean', at: 1 };
}

function broken(where: string, { code, range }: ParseError): string {
  if (where.trim() === '') return 'it is empty';
  if (code === 'unterminated_string') return 'a quotation mark opens here and is not closed';
  if ((range?.start ?? 0) >= where.length) return 'it breaks off';
  if (/[^\p{ASCII}]/u.test(where.slice(range?.start, (range?.start ?? 0) + 1)))
    return 'a letter stands here that no column has; text stands in quotation marks';
  return 'this does not belong here';
}

function mistyped({ code }: TypeError): string {
  if (code === 'invalid_logical_operand' || code === 'invalid_condition_type')
    return 'a column alone is no question; say what it is compared with, as in newsletter == true';
  if (code === 'heterogeneous_list_element') return 'a list in brackets holds texts or numbers, not both';
  return 'these two cannot be compared so; a column compares with a number, a "text", true or false, or a date("2026-11-21")';
}
