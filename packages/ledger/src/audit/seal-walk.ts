import { hashSeal } from '../journal/hash-seal.js';
import type { StoredSeal } from '../journal/make-seal.js';
import { hasOutlinedHash, type OutlinedRow, readOutline, type SealedRow } from '../journal/outline.js';
import type { NotedSeal } from './audit-report.js';
import type { Clues } from './clues.js';
import { compareBlock } from './compare-block.js';
import { type BlockProof, proveBlock } from './prove-block.js';
import type { RowWindow } from './row-window.js';

/** Goes from seal to seal, each against the rows of its block and the seal before it. */
export class SealWalk {
  /** The last position under a seal. */
  covered = 0;
  lastSeal: NotedSeal | null = null;
  /** The number that the next seal should have. */
  #expected = 1;
  readonly #window: RowWindow;
  readonly #clues: Clues;
  #anchors: readonly (string | null)[] = [null];
  #highest = 0;

  constructor(window: RowWindow, clues: Clues) {
    this.#window = window;
    this.#clues = clues;
  }

  /** Takes the seal with the next higher number. */
  async add(seal: StoredSeal): Promise<void> {
    this.#highest = seal.number;
    const outline = readOutline(seal.outline);
    const last = Math.max(seal.lastPosition, outline?.at(-1)?.position ?? 0);
    const rows = await this.#window.upTo(last);
    const proof = proveBlock(seal, { rows, outline, anchors: this.#anchors });
    if (proof) this.#proven(seal, outline, proof);
    else this.#unproven(seal, outline, rows);
  }

  /** To be called after the last seal, with the number that the store has counted. */
  end(counted: number): void {
    if (counted >= this.#expected && counted > this.#highest) this.#missingUpTo(counted);
  }

  /** The rows have the hashes that were sealed, where they were sealed. What else disagrees was changed in the seal, or is an entry or version. */
  #proven(seal: StoredSeal, outline: readonly OutlinedRow[] | null, { block, missed }: BlockProof): void {
    const [before] = missed;
    if (before) {
      this.#clues.faults.add({
        code: 'audit.seal.missing',
        message: `Seal ${this.#expected} is missing.`,
        seal: this.#expected,
        position: before.position,
      });
      this.#expected += 1;
    }
    const asWritten =
      seal.number === this.#expected &&
      seal.firstPosition === block.at(0)?.position &&
      seal.lastPosition === block.at(-1)?.position &&
      seal.rows === block.length &&
      outline?.length === block.length &&
      block.every(({ position, hash }, index) => isOutlinedAt(outline[index], position, hash));
    if (!asWritten) this.#changed(seal, this.#expected, block.at(0)?.position);
    else this.#compare(block, outline);
    this.#goOn(seal, [seal.hash], block.at(-1)?.position ?? 0);
  }

  #unproven(seal: StoredSeal, outline: readonly OutlinedRow[] | null, rows: readonly SealedRow[]): void {
    const first = outline?.at(0)?.position ?? 0;
    const last = outline?.at(-1)?.position ?? 0;
    // What covers nothing new, or can't say what it covers, is no seal of this chain.
    if (!outline || first <= this.covered || seal.number < this.#expected) {
      this.#changed(seal, seal.number, seal.firstPosition);
      return;
    }
    const anchored = seal.number === this.#expected;
    if (!anchored) this.#missingUpTo(seal.number - 1);
    const block = rows.filter(({ position }) => position <= last && (anchored || position >= first));
    const asOutlined = this.#compare(block, outline);
    if (asOutlined && anchored) this.#clues.unproven.add({ seal: seal.number, first, last });
    const computed = asOutlined ? this.#anchors.map((anchor) => hashSeal(anchor, block)) : [];
    this.#goOn(seal, [seal.hash, ...computed], last);
  }

  /** Notes how the rows differ from the outline; answers whether they don't. */
  #compare(block: readonly SealedRow[], outline: readonly OutlinedRow[]): boolean {
    const { absent, strangers, changed } = compareBlock(block, outline);
    for (const { position, entryId, version, hashStart } of absent) {
      this.#clues.absent.add({ entryId, version, sealed: { position, hashStart, seal: this.#expected } });
    }
    for (const { position, entryId, version } of strangers) {
      this.#clues.strangers.add({ position, entryId, version });
    }
    for (const { position, entryId, version } of changed) {
      this.#clues.faults.add({
        code: 'audit.row.changed',
        message: 'The row is not the one that was sealed: its hash is another.',
        position,
        entryId,
        version,
      });
    }
    return absent.length + strangers.length + changed.length === 0;
  }

  #missingUpTo(number: number): void {
    const many = number > this.#expected;
    this.#clues.faults.add({
      code: 'audit.seal.missing',
      message: many ? `Seals ${this.#expected} to ${number} are missing.` : `Seal ${number} is missing.`,
      seal: this.#expected,
      position: this.covered + 1,
    });
    this.#expected = number + 1;
  }

  #changed(seal: StoredSeal, number: number, position: number | undefined): void {
    this.#clues.faults.add({
      code: 'audit.seal.changed',
      message:
        seal.number === number
          ? `Seal ${number} is not as it was written.`
          : `Seal ${number} is not as it was written: its number is ${seal.number}.`,
      seal: number,
      ...(position !== undefined && { position }),
    });
  }

  #goOn(seal: StoredSeal, anchors: readonly string[], covered: number): void {
    this.#anchors = anchors;
    this.covered = covered;
    this.lastSeal = { number: this.#expected, hash: seal.hash };
    this.#expected += 1;
    this.#window.drop(covered);
  }
}

function isOutlinedAt(outlined: OutlinedRow | undefined, position: number, hash: string): boolean {
  return outlined?.position === position && hasOutlinedHash({ hash }, outlined);
}
