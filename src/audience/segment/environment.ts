import { Environment } from '@marcbachmann/cel-js';
import { fold, readDay } from './cell-values.ts';
import { Column, type Comparable, dayPart, equals, order } from './column.ts';

/** The functions of one argument or none that a segment may call. */
export const functions: ReadonlySet<string> = new Set([
  'today',
  'date',
  'days_ago',
  'days_ahead',
  'year',
  'month',
  'day',
]);
/** What may be asked of a column: `city.contains("r")`. */
export const questions = { contains: 'includes', startsWith: 'startsWith', endsWith: 'endsWith' } as const;

const orders = {
  '<': (n: number) => n < 0,
  '<=': (n: number) => n <= 0,
  '>': (n: number) => n > 0,
  '>=': (n: number) => n >= 0,
} as const;
const mirrored = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

/**
 * CEL (Common Expression Language) over the columns of a list: a column compares with numbers, dates, yes and no,
 * and text.
 *
 * @param variables the columns as they are written in an expression
 * @param today the day that `today()` and `days_ago()` count from
 */
export function createEnvironment(variables: Iterable<string>, today: Temporal.PlainDate): Environment {
  const environment = new Environment({ limits: { maxAstNodes: 1000, maxDepth: 50, maxListElements: 500 } })
    .registerType('Column', { ctor: Column, fields: {} })
    .registerType('Day', { ctor: Temporal.PlainDate, fields: {} });
  for (const name of variables) environment.registerVariable(name, 'Column');
  registerComparisons(environment);
  for (const [question, method] of Object.entries(questions))
    environment.registerFunction(`Column.${question}(string): bool`, (column: Column, text: string) =>
      fold(column.text)[method](fold(text)),
    );
  for (const part of ['year', 'month', 'day'] as const)
    environment.registerFunction(`${part}(Column): Column`, (column: Column) => dayPart(column, part));
  return environment
    .registerFunction('today(): Day', () => today)
    .registerFunction('date(string): Day', (text: string) => writtenDay(text))
    .registerFunction('days_ago(int): Day', (days: bigint) => today.subtract({ days: Number(days) }))
    .registerFunction('days_ahead(int): Day', (days: bigint) => today.add({ days: Number(days) }));
}

function writtenDay(text: string): Temporal.PlainDate {
  const day = readDay(text);
  if (!day) throw new TypeError('A text that is no date was let through as one.');
  return day;
}

function registerComparisons(environment: Environment): void {
  for (const type of ['string', 'int', 'double', 'bool', 'Day', 'Column'])
    environment.registerOperator(`Column == ${type}`, equals);
  environment.registerOperator('Column in list', (column: Column, list: readonly Comparable[]) =>
    list.some((other) => equals(column, other)),
  );
  for (const [sign, holds] of Object.entries(orders) as [keyof typeof orders, (n: number) => boolean][]) {
    const ordered = (column: Column, other: Exclude<Comparable, boolean>) => {
      const found = order(column, other);
      return found !== undefined && holds(found);
    };
    for (const type of ['string', 'int', 'double', 'Day']) {
      environment.registerOperator(`Column ${sign} ${type}`, ordered);
      environment.registerOperator(`${type} ${mirrored[sign]} Column`, (other, column) =>
        ordered(column, other),
      );
    }
    environment.registerOperator(`Column ${sign} Column`, ordered);
  }
}
