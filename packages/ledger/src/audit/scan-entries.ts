import { isFinal } from '../entry/entry.js';
import type { JournalTableRow } from '../store/journal-table-row.js';
import { entryChain, type MissingRows, rowHash } from './entry-chain.js';
import { deliveryDifferences, frozenDifferences } from './entry-differences.js';
import type { Findings } from './findings.js';
import type { AuditFaultCode } from './report.js';
import { type Scan, whileReadable } from './scan.js';
import type { SealedPart } from './scan-seals.js';
import type { AuditedEntry, AuditMarks } from './source.js';

/** Scans the entries; returns how many of them the store has counted that are not there. */
export async function scanEntries(scan: Scan, sealed: SealedPart): Promise<number> {
  const { source, findings, marks, progress, reportProgress } = scan;
  const entries = new EntryScan({ marks, contiguous: source.contiguous, sealed, findings });
  let missing = 0;
  await whileReadable(findings, async () => {
    for await (const page of source.entries()) {
      for (const entry of page) entries.add(entry);
      progress.entries += page.length;
      reportProgress();
    }
    missing = entries.end();
  });
  return missing;
}

/** What the entries are checked against. */
interface EntryScanSettings {
  readonly marks: AuditMarks;
  /** Whether the store uses every sequence, and journals entries in the order of their sequences. */
  readonly contiguous: boolean;
  readonly sealed: SealedPart;
  readonly findings: Findings;
}

/** Checks entry after entry, each against its own journal. */
class EntryScan {
  readonly #settings: EntryScanSettings;
  /** Number of entries that are final, or were. */
  #finished = 0;
  #nextSequence = 1;
  #missingSequences = 0;
  #misnumbered = 0;
  #lastAcceptance: JournalTableRow | null = null;

  constructor(settings: EntryScanSettings) {
    this.#settings = settings;
  }

  /** Takes the next entry in the order of acceptance. */
  add(entry: AuditedEntry): void {
    const last = entry.journal.at(-1)?.to_state;
    if (isFinal(entry.row.state) || (last && isFinal(last))) this.#finished += 1;
    this.#checkSequence(entry);
    this.#checkChain(entry);
    this.#checkOrder(entry);
  }

  /** To be called after the last entry; returns how many entries the store has counted that are not there. */
  end(): number {
    const { marks } = this.#settings;
    this.#countMissing(marks.lastSequence + 1);
    return Math.max(this.#missingSequences - this.#misnumbered, (marks.finished ?? 0) - this.#finished, 0);
  }

  #checkSequence(entry: AuditedEntry): void {
    const { sequence } = entry.row;
    if (sequence > this.#settings.marks.lastSequence || sequence < this.#nextSequence) {
      this.#misnumbered += 1;
      this.#reportChanged(entry.row.id, ['sequence'], entry.journal[0]);
      return;
    }
    this.#countMissing(sequence);
    this.#nextSequence = sequence + 1;
  }

  #countMissing(before: number): void {
    if (this.#settings.contiguous) this.#missingSequences += Math.max(0, before - this.#nextSequence);
  }

  #checkChain(entry: AuditedEntry): void {
    const { sealed } = this.#settings;
    const { row, journal } = entry;
    const { id } = row;
    const { sound, changed, missing, beyond } = entryChain(entry, ({ position }) =>
      sealed.rows.isReplaced(position),
    );
    for (const bad of changed) {
      const message = "The row's hash does not follow from what it says and from the row before it.";
      this.#reportRow('audit.row.changed', message, bad);
    }
    for (const rows of missing) this.#reportMissing(id, rows);
    const foreign = beyond.filter(
      ({ position }) => !sealed.isSealed(position) && !sealed.rows.isReported(position),
    );
    for (const bad of foreign) {
      this.#reportRow('audit.row.foreign', 'The row was not written by the ledger.', bad);
    }

    const first = sound.get(1);
    const frozen = first ? frozenDifferences(row, first) : [];
    if (frozen.length > 0) this.#reportChanged(id, frozen, first);
    const setBack = beyond.find(({ position }) => sealed.isSealed(position));
    const isWhole = sound.size === journal.length && missing.length === 0;
    const delivery = isWhole ? deliveryDifferences(row, journal) : setBack ? ['version'] : [];
    if (delivery.length > 0) this.#reportChanged(id, delivery, setBack ?? journal.at(-1));
    const disagreeing = frozen.length + delivery.length === 0 ? entry.disagreeing : [];
    if (disagreeing.length > 0) this.#reportChanged(id, disagreeing, first);
  }

  /** Reports missing rows that no seal names, with positions if the gaps of their neighbours are as many. */
  #reportMissing(entryId: string, { versions, after, before }: MissingRows): void {
    const { findings, sealed } = this.#settings;
    const unnamed = versions.filter((version) => !findings.names(entryId, version));
    const empty = [...sealed.gaps].filter((position) => position > after && position < before);
    const positions = empty.length === unnamed.length ? empty : [];
    for (const [index, version] of unnamed.entries()) {
      const position = positions[index];
      if (position !== undefined) sealed.gaps.delete(position);
      findings.add({
        code: 'audit.row.missing',
        message: 'The row is gone.',
        ...(position !== undefined && { position }),
        entryId,
        version,
      });
    }
  }

  /**
   * Checks that rows of an entry, and first rows of entries, stand in the order in which they were written.
   */
  #checkOrder({ journal }: AuditedEntry): void {
    const [acceptance] = journal;
    for (const [index, row] of journal.entries()) {
      const before = journal[index - 1];
      if (!before || !this.#isOutOfOrder(before, row)) continue;
      const message = `The row now stands at position ${before.position}.`;
      this.#reportRow('audit.row.moved', message, { ...before, position: row.position });
      break;
    }
    if (acceptance?.version !== 1) return;
    const last = this.#lastAcceptance;
    if (this.#settings.contiguous && last && this.#isOutOfOrder(last, acceptance)) {
      this.#reportChanged(last.entry_id, ['sequence'], last);
    }
    this.#lastAcceptance = acceptance;
  }

  /** Whether a row stands behind one that was written later, and no finding names either yet. */
  #isOutOfOrder(row: JournalTableRow, later: JournalTableRow): boolean {
    const { rows } = this.#settings.sealed;
    return row.position > later.position && ![row, later].some(({ position }) => rows.isReported(position));
  }

  #reportRow(code: AuditFaultCode, message: string, row: JournalTableRow): void {
    const { position, entry_id: entryId, version } = row;
    this.#settings.findings.add({ code, message, position, entryId, version });
  }

  #reportChanged(entryId: string, columns: readonly string[], row: JournalTableRow | undefined): void {
    this.#settings.findings.add({
      code: 'audit.entry.changed',
      message: `The entry is not what its journal says: ${columns.join(', ')}.`,
      entryId,
      ...(row && { position: row.position, version: row.version }),
    });
  }
}

/** Most rows without an entry that are looked at: the first ones. */
const mostOrphans = 1_000;

/** Scans the journal rows of entries that are not there: of removed entries, or put in. */
export async function scanOrphans(
  { source, findings }: Pick<Scan, 'source' | 'findings'>,
  { isSealed, rows }: Pick<SealedPart, 'isSealed' | 'rows'>,
): Promise<void> {
  const removedEntries = new Set<string>();
  let count = 0;
  await whileReadable(findings, async () => {
    for await (const page of source.orphans()) {
      for (const row of page) {
        const { position, entry_id: entryId, version } = row;
        if (rows.isReported(position) || removedEntries.has(entryId)) continue;
        count += 1;
        if (count > mostOrphans) {
          findings.more = true;
          return;
        }
        const wasWritten = isSealed(position) || isFirstRow(row);
        if (wasWritten) removedEntries.add(entryId);
        findings.add({
          code: wasWritten ? 'audit.entry.missing' : 'audit.row.foreign',
          message: wasWritten
            ? 'The entry is gone; its journal rows are still there.'
            : 'The row was not written by the ledger.',
          position,
          entryId,
          version,
        });
      }
    }
  });
}

function isFirstRow(row: JournalTableRow): boolean {
  return row.version === 1 && rowHash(row, null) === row.hash;
}
