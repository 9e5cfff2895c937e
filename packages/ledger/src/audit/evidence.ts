import type { AuditFault } from './audit-fault.js';
import type { AuditSource } from './audit-source.js';
import type { Clues, RowPlace } from './clues.js';

/** Most positions without a row that are looked at one by one. */
const mostGaps = 1_000;

/** What is still to be explained, and what was concluded; each trace is used up by the deed that explains it. */
export class Evidence {
  readonly faults: AuditFault[];
  /** Rows that nobody has counted, by position. */
  readonly strangers: Map<number, RowPlace>;
  /** Positions without a row that no seal tells of. */
  readonly gaps: Set<number>;
  /** Positions of rows that an explanation speaks of: where they were, and where they are now. */
  readonly explained = new Set<number>();
  readonly source: Pick<AuditSource, 'row' | 'hasEntry'>;

  constructor(clues: Clues, source: Pick<AuditSource, 'row' | 'hasEntry'>) {
    this.faults = [...clues.faults.items];
    this.strangers = new Map(clues.strangers.items.map((row) => [row.position, row]));
    this.gaps = new Set(
      clues.gaps.items.flatMap(({ first, last }) => positionsOf(first, last)).slice(0, mostGaps),
    );
    this.source = source;
  }

  /** Whether a fault speaks of the row. */
  names(row: RowPlace): boolean {
    return this.faults.some(
      ({ position, entryId, version }) =>
        position === row.position || (entryId === row.entryId && version === row.version),
    );
  }
}

function positionsOf(first: number, last: number): number[] {
  return Array.from({ length: Math.min(last - first + 1, mostGaps) }, (_, index) => first + index);
}
