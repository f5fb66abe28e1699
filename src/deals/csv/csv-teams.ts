import type { CsvFile, RowFault } from './csv.ts';
import { requireColumn } from './csv-columns.ts';

/** Who leads whom, row by row. Throws a CsvFileError for a column that is not there; faulty rows go to `onFault`. */
export async function readTeams(
  file: CsvFile,
  columns: { owner: string; manager: string },
  onFault: (fault: RowFault) => void,
): Promise<{ owner: string; manager: string }[]> {
  const ownerAt = requireColumn(file.header, 'owner', columns.owner);
  const managerAt = requireColumn(file.header, 'manager', columns.manager);
  const rows: { owner: string; manager: string }[] = [];
  for await (const { line, cells } of file.rows(onFault)) {
    const owner = cells[ownerAt]?.trim() ?? '';
    const manager = cells[managerAt]?.trim() ?? '';
    if (owner === '') onFault({ line, column: columns.owner, reason: 'is missing' });
    else if (manager === '') onFault({ line, column: columns.manager, reason: 'is missing' });
    else rows.push({ owner, manager });
  }
  return rows;
}
