import { fold, readDay, readNumber, readYesNo } from './cell-values.ts';

/** What a column can be compared with. CEL's whole numbers are bigints. */
export type Comparable = string | bigint | number | boolean | Temporal.PlainDate | Column;

/** One recipient's cell of a column. What it holds is decided by what it is compared with. */
export class Column {
  readonly name: string;
  readonly text: string;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text.trim();
  }
}

export type Wanted = 'a number' | 'a date' | 'yes or no' | 'of one kind with the other column';

/** A cell that cannot be read as what it is compared with. */
export class UnreadableCell extends Error {
  readonly column: string;
  readonly wanted: Wanted;

  constructor(column: string, wanted: Wanted) {
    super(`The column "${column}" is not ${wanted} here.`);
    this.column = column;
    this.wanted = wanted;
  }
}

/** An empty cell equals an empty text and nothing else. @throws UnreadableCell */
export function equals(column: Column, other: Comparable): boolean {
  if (other instanceof Column) return fold(column.text) === fold(other.text);
  if (typeof other === 'string') return equalsText(column, other);
  if (column.text === '') return false;
  if (typeof other === 'boolean') return read(column, readYesNo, 'yes or no') === other;
  if (other instanceof Temporal.PlainDate) return read(column, readDay, 'a date').equals(other);
  return read(column, readNumber, 'a number') === Number(other);
}

/** A written day equals the same day written otherwise. */
function equalsText({ text }: Column, other: string): boolean {
  if (fold(text) === fold(other)) return true;
  const [ours, theirs] = [readDay(text), readDay(other)];
  return ours !== undefined && theirs !== undefined && ours.equals(theirs);
}

/**
 * Below zero where the column's value comes before the other, above where it comes after. Undefined where a cell is
 * empty: it comes neither before nor after anything.
 *
 * @throws UnreadableCell
 */
export function order(column: Column, other: Exclude<Comparable, boolean>): number | undefined {
  if (column.text === '') return undefined;
  if (other instanceof Column) return orderColumns(column, other);
  if (typeof other === 'bigint' || typeof other === 'number')
    return read(column, readNumber, 'a number') - Number(other);
  const day = typeof other === 'string' ? readDay(other) : other;
  if (!day) throw new TypeError('A text that is no date was let through to be ordered.');
  return Temporal.PlainDate.compare(read(column, readDay, 'a date'), day);
}

function orderColumns(one: Column, two: Column): number | undefined {
  if (two.text === '') return undefined;
  const [n, m] = [readNumber(one.text), readNumber(two.text)];
  if (n !== undefined && m !== undefined) return n - m;
  const [day, other] = [readDay(one.text), readDay(two.text)];
  if (day && other) return Temporal.PlainDate.compare(day, other);
  throw new UnreadableCell(one.name, 'of one kind with the other column');
}

function read<T>({ name, text }: Column, as: (text: string) => T | undefined, wanted: Wanted): T {
  const value = as(text);
  if (value === undefined) throw new UnreadableCell(name, wanted);
  return value;
}

/** A part of a date, such as its month. Of an empty cell, an empty one. @throws UnreadableCell */
export function dayPart(column: Column, part: 'year' | 'month' | 'day'): Column {
  if (column.text === '') return column;
  return new Column(column.name, String(read(column, readDay, 'a date')[part]));
}
