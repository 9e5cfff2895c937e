import type { JournalTableRow } from '../store/journal-row-of.js';
import { absentRows } from './absent-rows.js';
import type { AuditFault } from './audit-fault.js';
import type { AuditSource } from './audit-source.js';
import type { AbsentRow, Clues } from './clues.js';
import { concludeMissingRows } from './conclude-missing-rows.js';
import { concludeOrphans } from './conclude-orphans.js';
import { concludeStrangers } from './conclude-strangers.js';
import { concludeUnjournalled } from './conclude-unjournalled.js';
import { Evidence } from './evidence.js';
import { explainAbsence } from './explain-absence.js';
import { inOrder } from './in-order.js';

/** What the conclusions are drawn from. */
export interface Findings {
  readonly clues: Clues;
  readonly source: Pick<AuditSource, 'row' | 'hasEntry'>;
  readonly isSealed: (row: Pick<JournalTableRow, 'position'>) => boolean;
  /** How many entries that were final once are not there any more, as far as the store counts them. */
  readonly lostFinished: number;
}

/** Concludes from the clues what was done, each deed once, in the order of positions. */
export async function conclude({ clues, source, isSealed, lostFinished }: Findings): Promise<AuditFault[]> {
  const evidence = new Evidence(clues, source);
  for (const { position, entry_id, version } of clues.orphans.items) {
    if (!isSealed({ position })) evidence.strangers.set(position, { position, entryId: entry_id, version });
  }

  const unjournalled = concludeUnjournalled(clues, evidence);
  const missing: AbsentRow[] = [];
  for (const absent of absentRows([...clues.absent.items, ...unjournalled])) {
    const fault = await explainAbsence(absent, evidence);
    if (fault) evidence.faults.push(fault);
    else missing.push(absent);
  }
  concludeUnsound(clues, evidence);
  await concludeMissingRows(missing, evidence);
  concludeOrphans(clues.orphans.items, evidence, isSealed);
  await concludeStrangers(evidence);
  concludeMisplaced(clues, evidence, isSealed);
  concludeMissingEntries(clues, evidence, lostFinished);
  concludeGaps(evidence);
  concludeSeals(clues, evidence);
  return inOrder(evidence.faults);
}

function concludeUnsound(clues: Clues, { explained, faults }: Evidence): void {
  for (const { row, after } of clues.unsound.items) {
    // Behind a row that stands under another's name, this one may be sound.
    if (explained.has(row.position) || explained.has(after)) continue;
    const message = "The row's hash does not follow from what it says and from the row before it.";
    faults.push({ ...row, code: 'audit.row.changed', message });
  }
}

function concludeMisplaced(clues: Clues, evidence: Evidence, isSealed: Findings['isSealed']): void {
  for (const { row, position } of clues.misplaced.items) {
    if (evidence.names(row) || evidence.explained.has(row.position) || evidence.explained.has(position))
      continue;
    // Sealed rows stand where they were written; then it is the entries that are in another order.
    const sealed = isSealed(row) && isSealed({ position });
    evidence.faults.push(
      sealed
        ? {
            ...row,
            code: 'audit.entry.changed',
            message: 'The entry is not what its journal says: sequence.',
          }
        : {
            ...row,
            code: 'audit.row.moved',
            message: `The row now stands at position ${row.position}.`,
            position,
          },
    );
  }
}

/** Entries that left nothing but their number. */
function concludeMissingEntries(clues: Clues, { faults, gaps }: Evidence, lostFinished: number): void {
  const named = faults.filter(({ code }) => code === 'audit.entry.missing').length;
  const lost = Math.max(clues.missingSequences.items.length - clues.misnumbered.items.length, lostFinished);
  if (lost <= named) return;
  const [position] = gaps;
  if (position !== undefined) gaps.delete(position);
  faults.push({
    code: 'audit.entry.missing',
    message: `The ledger has counted ${lost - named} more entries than there are.`,
    ...(position !== undefined && { position }),
  });
}

function concludeGaps({ faults, gaps }: Evidence): void {
  for (const position of gaps) {
    const message = 'The row is gone, and nothing tells whose it was.';
    faults.push({ code: 'audit.row.missing', message, position });
  }
}

function concludeSeals(clues: Clues, { faults }: Evidence): void {
  for (const { seal, first, last } of clues.unproven.items) {
    if (faults.some(({ position = 0 }) => position >= first && position <= last)) continue;
    const message = `Seal ${seal} is not as it was written: rows ${first} to ${last} have another hash.`;
    faults.push({ code: 'audit.seal.changed', message, seal, position: first });
  }
}
