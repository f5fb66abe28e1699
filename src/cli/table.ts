/** Lines of cells, aligned: names to the left, the rest to the right. A first column that is empty is left out. */
export function aligned(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => {
      const padded = row.map((cell, at) =>
        at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0),
      );
      return `${padded
        .slice(widths[0] === 0 ? 1 : 0)
        .join('  ')
        .trimEnd()}\n`;
    })
    .join('');
}
