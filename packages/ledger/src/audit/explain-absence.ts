import { hasOutlinedHash } from '../journal/outline.js';
import type { JournalTableRow } from '../store/journal-row-of.js';
import type { AuditFault } from './audit-fault.js';
import type { AbsentRow, RowPlace } from './clues.js';
import type { Evidence } from './evidence.js';
import { isSound } from './is-sound.js';
import { rowHash } from './row-hash.js';

/** With so many strangers, an absent row is compared. */
const mostCompared = 50;

/** Finds out whether an absent row is still there, elsewhere or under another name; `null` when it is not. */
export async function explainAbsence(absent: AbsentRow, evidence: Evidence): Promise<AuditFault | null> {
  const { entryId, version, sealed } = absent;
  const { explained, source, strangers } = evidence;
  const row = { entryId, version };
  if (sealed) {
    explained.add(sealed.position);
    const elsewhere = await source.row(entryId, version);
    if (elsewhere) explained.add(elsewhere.position);
    if (elsewhere && hasOutlinedHash(elsewhere, sealed)) {
      strangers.delete(elsewhere.position);
      return movedTo(elsewhere.position, { ...row, position: sealed.position });
    }
    const here = strangers.get(sealed.position);
    strangers.delete(sealed.position);
    if (here && (await isSealedAndSound(here, sealed, source))) return outlineChanged(sealed);
    if (elsewhere) strangers.delete(elsewhere.position);
    if (here || elsewhere) return changedAt(sealed.position, row);
  }
  const disguised = await findDisguised(absent, evidence);
  if (!disguised) return null;
  explained.add(disguised.position);
  strangers.delete(disguised.position);
  return sealed && sealed.position !== disguised.position
    ? movedTo(disguised.position, { ...row, position: sealed.position })
    : changedAt(disguised.position, row);
}

/** A row's hash tells which entry's row it is, whatever its columns say now. */
async function findDisguised(
  { entryId, version, between }: AbsentRow,
  { source, strangers }: Evidence,
): Promise<JournalTableRow | null> {
  for (const stranger of [...strangers.values()].slice(0, mostCompared)) {
    const row = await source.row(stranger.entryId, stranger.version);
    const undisguised = row && { ...row, entry_id: entryId, version };
    const fits = (hash: string | null) => undisguised && rowHash(undisguised, hash) === undisguised.hash;
    if (between?.previousHashes.some(fits)) return row;
  }
  return null;
}

/** Then it is the outline that has another name for the row. */
async function isSealedAndSound(
  here: RowPlace,
  sealed: Required<AbsentRow>['sealed'],
  source: Evidence['source'],
): Promise<boolean> {
  const row = await source.row(here.entryId, here.version);
  return row !== null && hasOutlinedHash(row, sealed) && (await isSound(row, source));
}

function outlineChanged({ position, seal }: Required<AbsentRow>['sealed']): AuditFault {
  return { code: 'audit.seal.changed', message: `The outline of seal ${seal} was changed.`, seal, position };
}

function movedTo(
  position: number,
  row: Required<Pick<AuditFault, 'position' | 'entryId' | 'version'>>,
): AuditFault {
  return { code: 'audit.row.moved', message: `The row now stands at position ${position}.`, ...row };
}

function changedAt(position: number, row: Required<Pick<AuditFault, 'entryId' | 'version'>>): AuditFault {
  const message = 'Another row stands in its place, or its entry or version was changed.';
  return { code: 'audit.row.changed', message, position, ...row };
}
