import { hasManifestHash, type ManifestRow, type SealedRow } from '../journal/block-manifest.js';
import { rowHash } from './entry-chain.js';
import type { Findings } from './findings.js';
import type { AuditFaultCode } from './report.js';
import type { AuditedSeals } from './source.js';

/** Most rows without a place that are kept. */
const mostUnexpectedRows = 1_000;

/** Compares rows with the places that the seals give them, and keeps which of them the findings name. */
export class SealedRows {
  readonly #source: Pick<AuditedSeals, 'row' | 'hasEntry'>;
  readonly #findings: Findings;
  /** Positions of rows that a finding names, with its code. */
  readonly #reported = new Map<number, AuditFaultCode>();
  readonly #unexpectedRows = new Map<number, SealedRow>();

  constructor(source: Pick<AuditedSeals, 'row' | 'hasEntry'>, findings: Findings) {
    this.#source = source;
    this.#findings = findings;
  }

  /** Whether a finding names the row at the position as moved, or as under another row's name or place. */
  isReported(position: number): boolean {
    return this.#reported.has(position);
  }

  /** Whether the row at the position stands under another row's name or place. */
  isReplaced(position: number): boolean {
    return this.#reported.get(position) === 'audit.row.changed';
  }

  /** Whether no row was sealed or counted at the position. */
  isUnexpected(position: number): boolean {
    return this.#unexpectedRows.has(position);
  }

  /**
   * Notes a row where no row was sealed or counted; which are moved and which are foreign shows at the end.
   */
  addUnexpected(row: SealedRow): void {
    if (this.#unexpectedRows.size < mostUnexpectedRows) this.#unexpectedRows.set(row.position, row);
    else this.#findings.more = true;
  }

  /** Reports the unexpected rows that were not found to be moved ones. */
  reportForeignRows(): void {
    for (const { position, entryId, version } of this.#unexpectedRows.values()) {
      if (this.#reported.has(position)) continue;
      const message = 'The row was not written by the ledger.';
      this.#findings.add({ code: 'audit.row.foreign', message, position, entryId, version });
    }
  }

  /**
   * Reports how the rows of a block differ from the manifest of its seal; returns whether they are the same.
   */
  async compare(
    block: readonly SealedRow[],
    manifest: readonly ManifestRow[],
    seal: number,
  ): Promise<boolean> {
    const unexpected = new Map(block.map((row) => [row.position, row]));
    let same = true;
    for (const expected of manifest) {
      const { position, entryId, version } = expected;
      const row = unexpected.get(position);
      unexpected.delete(position);
      if (row?.entryId !== entryId || row.version !== version) {
        await this.#classify(expected, row, seal);
        same = false;
      } else if (!hasManifestHash(row, expected)) {
        const message = 'The row is not the one that was sealed: its hash is another.';
        this.#findings.add({ code: 'audit.row.changed', message, position, entryId, version });
        same = false;
      }
    }
    for (const row of unexpected.values()) this.addUnexpected(row);
    return same && unexpected.size === 0;
  }

  /** Reports what became of a sealed row that is not in its place, where the row `here` is now. */
  async #classify(expected: ManifestRow, here: SealedRow | undefined, seal: number): Promise<void> {
    // Positions rise: later findings would not be kept, and each costs two look-ups.
    if (this.#findings.more) return;
    const { position, entryId, version } = expected;
    const elsewhere = await this.#source.row(entryId, version);
    const report = (code: AuditFaultCode, message: string) => {
      this.#findings.add({ code, message, position, entryId, version });
      if (here) this.#reported.set(position, code);
      if (elsewhere) this.#reported.set(elsewhere.position, code);
    };
    if (elsewhere && hasManifestHash(elsewhere, expected)) {
      report('audit.row.moved', `The row now stands at position ${elsewhere.position}.`);
    } else if (here && hasManifestHash(here, expected) && (await this.#isSound(here))) {
      const message = `The outline of seal ${seal} was changed.`;
      this.#findings.add({ code: 'audit.seal.changed', message, seal, position });
    } else if (here || elsewhere) {
      const message = 'Another row stands in its place, or its entry or version was changed.';
      report('audit.row.changed', message);
    } else if (await this.#source.hasEntry(entryId)) {
      report('audit.row.missing', 'The row is gone.');
    } else {
      report('audit.entry.missing', 'The entry is gone, and rows of its journal with it.');
    }
  }

  /** Whether a row follows from the row before it in the journal of an entry that is there. */
  async #isSound({ entryId, version }: SealedRow): Promise<boolean> {
    const row = await this.#source.row(entryId, version);
    const previous = version === 1 ? null : await this.#source.row(entryId, version - 1);
    if (!row || (version !== 1 && !previous)) return false;
    return rowHash(row, previous?.hash ?? null) === row.hash && (await this.#source.hasEntry(entryId));
  }
}
