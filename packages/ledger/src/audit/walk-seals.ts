import type { StoredSeal } from '../journal/make-seal.js';
import type { SealedRow } from '../journal/outline.js';
import type { JournalTableRow } from '../store/journal-row-of.js';
import type { NotedSeal } from './audit-report.js';
import { faultOfNoted } from './noted-seal.js';
import { RowWindow } from './row-window.js';
import { SealWalk } from './seal-walk.js';
import type { Walk } from './walk.js';
import { walkTail } from './walk-tail.js';
import { whileReadable } from './while-readable.js';

/** What the seals say. */
export interface SealedPart {
  readonly unsealedRows: number;
  readonly lastSeal: NotedSeal | null;
  /** Whether a row stands where a seal has it. */
  readonly isSealed: (row: Pick<JournalTableRow, 'position'>) => boolean;
}

/** Walks over the seals and all rows, in the order of positions. */
export async function walkSeals(walk: Walk, noted: NotedSeal | undefined): Promise<SealedPart> {
  const { source, clues, marks, progress, tell } = walk;
  const window = new RowWindow(countedRows(walk));
  const seals = new SealWalk(window, clues);
  let found: StoredSeal | null = null;
  let unsealedRows = 0;
  await whileReadable(clues.faults, async () => {
    for await (const page of source.seals()) {
      for (const seal of page) {
        await seals.add(seal);
        if (seal.number === noted?.number) found = seal;
      }
      progress.seals += page.length;
      tell();
    }
    seals.end(marks.lastSeal);
    const { lastPosition } = marks;
    const tail = { covered: seals.covered, lastPosition, contiguous: source.contiguous };
    unsealedRows = await walkTail(window.rest(), tail, clues);
  });
  const rewritten = noted && faultOfNoted(noted, found);
  if (rewritten) clues.faults.add(rewritten);
  const suspects = new Set(clues.strangers.items.map(({ position }) => position));
  return {
    unsealedRows,
    lastSeal: seals.lastSeal,
    isSealed: ({ position }) => position <= seals.covered && !suspects.has(position),
  };
}

async function* countedRows({ source, progress, tell }: Walk): AsyncIterable<readonly SealedRow[]> {
  for await (const page of source.rows()) {
    progress.rows += page.length;
    tell();
    yield page;
  }
}
