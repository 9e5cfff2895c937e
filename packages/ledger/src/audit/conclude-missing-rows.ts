import type { AuditFault } from './audit-fault.js';
import type { AbsentRow } from './clues.js';
import type { Evidence } from './evidence.js';

/** Concludes what rows that are nowhere were: rows of an entry that is there, or of one that vanished whole. */
export async function concludeMissingRows(absent: readonly AbsentRow[], evidence: Evidence): Promise<void> {
  for (const rows of Map.groupBy(absent, ({ entryId }) => entryId).values()) {
    const missing = positioned(rows, evidence.gaps).map(missingRow);
    const [first] = missing;
    if (!first?.entryId) continue;
    if (await evidence.source.hasEntry(first.entryId)) evidence.faults.push(...missing);
    else evidence.faults.push({ ...first, code: 'audit.entry.missing', message: vanished(missing.length) });
  }
}

interface PositionedRow {
  readonly row: AbsentRow;
  readonly position: number | undefined;
}

/** Where no seal tells the position, the empty ones between the entry's other rows do, if there are as many. */
function positioned(rows: readonly AbsentRow[], gaps: Set<number>): PositionedRow[] {
  return [...Map.groupBy(rows, ({ between, sealed }) => (sealed ? null : between?.after)).values()].flatMap(
    (group) => {
      const [{ between, sealed } = {}] = group;
      const empty =
        between && !sealed
          ? [...gaps].filter((position) => position > between.after && position < between.before)
          : [];
      const fits = empty.length === group.length;
      if (fits) for (const position of empty) gaps.delete(position);
      return group.map((row, index) => ({
        row,
        position: row.sealed?.position ?? (fits ? empty[index] : undefined),
      }));
    },
  );
}

function missingRow({ row, position }: PositionedRow): AuditFault {
  const { entryId, version } = row;
  const message = 'The row is gone.';
  return {
    code: 'audit.row.missing',
    message,
    ...(position !== undefined && { position }),
    entryId,
    version,
  };
}

function vanished(rows: number): string {
  return `The entry vanished whole, and ${rows} of its journal rows.`;
}
