import type { AbsentRow } from './clues.js';

/** What the seals and the entries tell of the same absent row, put together. Pure. */
export function absentRows(clues: readonly AbsentRow[]): AbsentRow[] {
  const rows = new Map<string, AbsentRow>();
  for (const clue of clues) {
    const name = `${clue.version}:${clue.entryId}`;
    rows.set(name, { ...rows.get(name), ...clue });
  }
  return [...rows.values()];
}
