import { EntryWalk } from './entry-walk.js';
import type { Walk } from './walk.js';
import type { SealedPart } from './walk-seals.js';
import { whileReadable } from './while-readable.js';

/** Walks over the entries, and answers how many final ones the store has counted that are not there. */
export async function walkEntries(walk: Walk, isSealed: SealedPart['isSealed']): Promise<number> {
  const { source, clues, marks, progress, tell } = walk;
  const entries = new EntryWalk({ marks, contiguous: source.contiguous, isSealed, clues });
  let lost = 0;
  await whileReadable(clues.faults, async () => {
    for await (const page of source.entries()) {
      for (const entry of page) entries.add(entry);
      progress.entries += page.length;
      tell();
    }
    entries.end();
    lost = Math.max(0, (marks.finished ?? 0) - entries.finished);
  });
  return lost;
}
