import { isFinal } from '../state/is-final.js';
import type { JournalTableRow } from '../store/journal-row-of.js';
import type { AuditFaultCode } from './audit-fault.js';
import type { AuditedEntry, AuditMarks } from './audit-source.js';
import { deliveryDifferences } from './delivery-differences.js';
import { entryChain, type MissingRows } from './entry-chain.js';
import type { Findings } from './findings.js';
import { frozenDifferences } from './frozen-differences.js';
import type { SealScanResult } from './seal-scan.js';

/** What the scan of the entries knows of the ledger. */
export interface EntryScanSettings {
  readonly marks: AuditMarks;
  /** Whether every sequence up to the last was used, and entries are journalled in the order of their sequences. */
  readonly contiguous: boolean;
  readonly sealed: SealScanResult;
  readonly findings: Findings;
}

/** Checks entry after entry, each against its own journal. */
export class EntryScan {
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
      sealed.isReplaced(position),
    );
    for (const bad of changed) {
      const message = "The row's hash does not follow from what it says and from the row before it.";
      this.#reportRow('audit.row.changed', message, bad);
    }
    for (const rows of missing) this.#reportMissing(id, rows);
    const foreign = beyond.filter(
      ({ position }) => !sealed.isSealed(position) && !sealed.isReported(position),
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

  /** Where no seal tells the positions of missing rows, the empty ones between their neighbours do, if they are as many. */
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

  /** Checks that the rows of an entry stand in the order in which they were written, and so do the first rows of entries. */
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

  /** Whether a row stands behind one that was written later, and nothing is known of either yet. */
  #isOutOfOrder(row: JournalTableRow, later: JournalTableRow): boolean {
    const { isReported } = this.#settings.sealed;
    return row.position > later.position && !isReported(row.position) && !isReported(later.position);
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
