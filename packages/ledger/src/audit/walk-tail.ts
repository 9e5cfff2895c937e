import type { SealedRow } from '../journal/outline.js';
import type { Clues } from './clues.js';

/** What the rows after the last seal are counted against. */
export interface TailBounds {
  /** The last position under a seal. */
  readonly covered: number;
  /** The last position that was given to a row. */
  readonly lastPosition: number;
  /** Whether every position up to the last was used. */
  readonly contiguous: boolean;
}

/** Goes over the rows that no seal covers yet, and answers how many they are. */
export async function walkTail(
  pages: AsyncIterable<readonly SealedRow[]>,
  { covered, lastPosition, contiguous }: TailBounds,
  clues: Pick<Clues, 'gaps' | 'strangers'>,
): Promise<number> {
  let rows = 0;
  let next = covered + 1;
  const noteGapBefore = (position: number) => {
    if (contiguous && position > next) clues.gaps.add({ first: next, last: position - 1 });
  };
  for await (const page of pages) {
    rows += page.length;
    for (const row of page) {
      if (row.position < next || row.position > lastPosition) {
        const { position, entryId, version } = row;
        clues.strangers.add({ position, entryId, version });
        continue;
      }
      noteGapBefore(row.position);
      next = row.position + 1;
    }
  }
  noteGapBefore(lastPosition + 1);
  return rows;
}
