import { isFinal } from '../state/is-final.js';
import type { JournalTableRow } from '../store/journal-row-of.js';
import type { AuditedEntry, AuditMarks } from './audit-source.js';
import type { Clues, RowPlace } from './clues.js';
import { deliveryDifferences } from './delivery-differences.js';
import { entryChain } from './entry-chain.js';
import { frozenDifferences } from './frozen-differences.js';

/** What the walk over the entries knows of the ledger. */
export interface EntryWalkSettings {
  readonly marks: AuditMarks;
  /** Whether every sequence up to the last was used, and entries are journalled in the order of their sequences. */
  readonly contiguous: boolean;
  readonly isSealed: (row: JournalTableRow) => boolean;
  readonly clues: Clues;
}

/** Goes from entry to entry, each against its own journal. */
export class EntryWalk {
  /** How many entries are final, or were. */
  finished = 0;
  readonly #settings: EntryWalkSettings;
  #nextSequence = 1;
  #lastAcceptance: JournalTableRow | null = null;

  constructor(settings: EntryWalkSettings) {
    this.#settings = settings;
  }

  /** Takes the next entry in the order of acceptance. */
  add(entry: AuditedEntry): void {
    const last = entry.journal.at(-1)?.to_state;
    if (isFinal(entry.row.state) || (last && isFinal(last))) this.finished += 1;
    this.#followSequence(entry);
    this.#followChain(entry);
  }

  /** To be called after the last entry. */
  end(): void {
    this.#noteMissing(this.#settings.marks.lastSequence + 1);
  }

  #followSequence(entry: AuditedEntry): void {
    const { sequence } = entry.row;
    if (sequence > this.#settings.marks.lastSequence || sequence < this.#nextSequence) {
      this.#settings.clues.misnumbered.add(entry.row.id);
      this.#noteChanged(entry, ['sequence'], entry.journal[0]);
      return;
    }
    this.#noteMissing(sequence);
    this.#nextSequence = sequence + 1;
  }

  #noteMissing(before: number): void {
    const { contiguous, clues } = this.#settings;
    if (!contiguous) return;
    for (let sequence = this.#nextSequence; sequence < before; sequence += 1) {
      clues.missingSequences.add(sequence);
      if (clues.missingSequences.more) return;
    }
  }

  #followChain(entry: AuditedEntry): void {
    const { clues, isSealed } = this.#settings;
    if (entry.journal.length === 0) {
      const { id, version, hash } = entry.row;
      clues.unjournalled.add({ id, version, hash });
      return;
    }
    const { sound, changed, absent, beyond } = entryChain(entry);
    for (const row of changed) {
      const after = entry.journal[entry.journal.indexOf(row) - 1]?.position ?? 0;
      clues.unsound.add({ row: placeOf(row), after });
    }
    for (const row of absent) clues.absent.add(row);
    for (const row of beyond) if (!isSealed(row)) clues.strangers.add(placeOf(row));
    this.#followPositions(entry.journal);

    const first = sound.get(1);
    const frozen = first ? frozenDifferences(entry.row, first) : [];
    if (frozen.length > 0) this.#noteChanged(entry, frozen, first);
    const setBack = beyond.find(isSealed);
    const whole = changed.length + absent.length + beyond.length === 0;
    const delivery = whole ? deliveryDifferences(entry.row, entry.journal) : setBack ? ['version'] : [];
    if (delivery.length > 0) this.#noteChanged(entry, delivery, setBack ?? entry.journal.at(-1));
    const disagreeing = frozen.length + delivery.length === 0 ? entry.disagreeing : [];
    if (disagreeing.length > 0) this.#noteChanged(entry, disagreeing, first);
  }

  /** The rows of an entry stand in the order in which they were written, and so do the first rows of entries. */
  #followPositions(journal: readonly JournalTableRow[]): void {
    const { clues, contiguous } = this.#settings;
    const [acceptance] = journal;
    const written = contiguous && this.#lastAcceptance ? [this.#lastAcceptance, acceptance] : [];
    for (const rows of [written, journal]) {
      const at = rows.findIndex((row, index) => (row?.position ?? 0) < (rows[index - 1]?.position ?? 0));
      const [before, row] = [rows[at - 1], rows[at]];
      if (before && row) clues.misplaced.add({ row: placeOf(before), position: row.position });
    }
    if (acceptance?.version === 1) this.#lastAcceptance = acceptance;
  }

  #noteChanged({ row }: AuditedEntry, columns: readonly string[], told: JournalTableRow | undefined): void {
    this.#settings.clues.faults.add({
      code: 'audit.entry.changed',
      message: `The entry is not what its journal says: ${columns.join(', ')}.`,
      entryId: row.id,
      ...(told && { position: told.position, version: told.version }),
    });
  }
}

function placeOf({ position, entry_id, version }: JournalTableRow): RowPlace {
  return { position, entryId: entry_id, version };
}
