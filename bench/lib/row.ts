/** One line of the table that `npm run bench` prints. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  /** The figure that has a goal, and whether it is met; absent for a row that only informs. */
  readonly figure?: { readonly value: string; readonly goal: string; readonly met: boolean };
}

export function printRows(rows: readonly Row[]): void {
  const cells = rows.map(({ what, ours, peer, figure }) => [
    what,
    ours,
    peer,
    figure ? figure.value : '',
    figure ? `${figure.goal} ${figure.met ? 'met' : 'missed'}` : '',
  ]);
  const all = [['what', 'sec', 'beside', 'figure', 'goal'], ...cells];
  const widths = all[0]?.map((_, n) => Math.max(...all.map((row) => (row[n] ?? '').length))) ?? [];
  for (const row of all)
    console.log(
      row
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}
