import type { EntryRow } from '../store/entry-row.js';
import type { AbsentRow, Clues } from './clues.js';
import type { Evidence } from './evidence.js';
import { mostAbsent } from './most-absent.js';
import { rowHash } from './row-hash.js';

/**
 * Concludes which entries without a journal have one under another id: theirs was changed. Answers the rows of the others,
 * which are missing.
 */
export function concludeUnjournalled(
  { unjournalled, orphans }: Pick<Clues, 'unjournalled' | 'orphans'>,
  { explained, faults, strangers }: Evidence,
): AbsentRow[] {
  return unjournalled.items.flatMap((entry) => {
    const last = orphans.items.find(({ hash }) => hash === entry.hash);
    const rows = orphans.items.filter(({ entry_id }) => entry_id === last?.entry_id);
    const [first] = rows;
    // The rows themselves tell whose they are.
    if (!first || rowHash(first, null) !== first.hash) return absentRows(entry);
    for (const { position } of rows) {
      explained.add(position);
      strangers.delete(position);
    }
    const { position, entry_id: entryId, version } = first;
    const message = `The entry is not what its journal says: id; it is ${entry.id} now.`;
    faults.push({ code: 'audit.entry.changed', message, position, entryId, version });
    return [];
  });
}

function absentRows({ id, version }: Pick<EntryRow, 'id' | 'version'>): AbsentRow[] {
  const between = { after: 0, before: Number.POSITIVE_INFINITY };
  return Array.from({ length: Math.max(1, Math.min(version, mostAbsent)) }, (_, index) => ({
    entryId: id,
    version: index + 1,
    between: { ...between, previousHashes: index === 0 ? [null] : [] },
  }));
}
