import {
  hasManifestHash,
  type ManifestRow,
  readManifest,
  type SealedRow,
} from '../journal/block-manifest.js';
import { hashSeal, type StoredSeal } from '../journal/seal.js';
import type { Findings } from './findings.js';
import type { NotedSeal } from './report.js';
import type { SealedRows } from './sealed-rows.js';

/** Most unproven seals that are kept. */
const mostUnproven = 1_000;

/** A seal whose hash its rows don't prove, though they match its manifest: seal or facts were changed. */
export interface UnprovenSeal {
  readonly seal: number;
  readonly first: number;
  readonly last: number;
}

/** Checks the chain of the seals: each seal against the rows of its block and the seal before it. */
export class SealChain {
  /** The last position under a seal. */
  covered = 0;
  lastSeal: NotedSeal | null = null;
  readonly unproven: UnprovenSeal[] = [];
  readonly #rows: SealedRows;
  readonly #findings: Findings;
  /** The number that the next seal should have. */
  #expected = 1;
  #highest = 0;
  /** Possible hashes of the seal before. */
  #anchors: readonly (string | null)[] = [null];

  constructor(rows: SealedRows, findings: Findings) {
    this.#rows = rows;
    this.#findings = findings;
  }

  /**
   * Takes the seal with the next higher number.
   * @param rowsUpTo Returns the rows behind the last sealed position, up to another one.
   */
  async add(seal: StoredSeal, rowsUpTo: (position: number) => Promise<readonly SealedRow[]>): Promise<void> {
    this.#highest = seal.number;
    const manifest = readManifest(seal.manifest);
    const rows = await rowsUpTo(Math.max(seal.lastPosition, manifest?.at(-1)?.position ?? 0));
    const proof = proveBlock(seal, { rows, manifest, anchors: this.#anchors });
    if (proof) await this.#checkProven(seal, manifest, proof);
    else await this.#checkUnproven(seal, manifest, rows);
  }

  /** To be called after the last seal, with the number of the last one that the store has counted. */
  end(counted: number): void {
    if (counted >= this.#expected && counted > this.#highest) this.#reportMissing(counted);
  }

  /** Rows that prove the hash are as sealed; what else disagrees is the seal, or a row's entry or version. */
  async #checkProven(
    seal: StoredSeal,
    manifest: readonly ManifestRow[] | null,
    { block, missed }: BlockProof,
  ): Promise<void> {
    const [before] = missed;
    if (before) {
      this.#findings.add({
        code: 'audit.seal.missing',
        message: `Seal ${this.#expected} is missing.`,
        seal: this.#expected,
        position: before.position,
      });
      this.#expected += 1;
    }
    const [first, last] = [block.at(0)?.position, block.at(-1)?.position];
    const asWritten =
      seal.number === this.#expected &&
      seal.firstPosition === first &&
      seal.lastPosition === last &&
      seal.rows === block.length &&
      manifest?.length === block.length &&
      block.every(({ position, hash }, index) => isInManifestAt(manifest[index], position, hash));
    if (!asWritten) this.#reportChanged(seal, this.#expected, first);
    else await this.#rows.compare(block, manifest, this.#expected);
    this.#goOn(seal, [seal.hash], last ?? 0);
  }

  async #checkUnproven(
    seal: StoredSeal,
    manifest: readonly ManifestRow[] | null,
    rows: readonly SealedRow[],
  ): Promise<void> {
    const first = manifest?.at(0)?.position ?? 0;
    const last = manifest?.at(-1)?.position ?? 0;
    // What covers nothing new, or has no manifest, is no seal of this chain.
    if (!manifest || first <= this.covered || seal.number < this.#expected) {
      this.#reportChanged(seal, seal.number, seal.firstPosition);
      return;
    }
    const anchored = seal.number === this.#expected;
    if (!anchored) this.#reportMissing(seal.number - 1);
    const block = rows.filter(({ position }) => position <= last && (anchored || position >= first));
    const matchesManifest = await this.#rows.compare(block, manifest, this.#expected);
    if (matchesManifest && anchored && this.unproven.length < mostUnproven) {
      this.unproven.push({ seal: seal.number, first, last });
    }
    const computed = matchesManifest ? this.#anchors.map((anchor) => hashSeal(anchor, block)) : [];
    this.#goOn(seal, [seal.hash, ...computed], last);
  }

  #reportMissing(number: number): void {
    const many = number > this.#expected;
    this.#findings.add({
      code: 'audit.seal.missing',
      message: many ? `Seals ${this.#expected} to ${number} are missing.` : `Seal ${number} is missing.`,
      seal: this.#expected,
      position: this.covered + 1,
    });
    this.#expected = number + 1;
  }

  #reportChanged(seal: StoredSeal, number: number, position: number | undefined): void {
    const message = `Seal ${number} is not as it was written`;
    this.#findings.add({
      code: 'audit.seal.changed',
      message: seal.number === number ? `${message}.` : `${message}: its number is ${seal.number}.`,
      seal: number,
      ...(position !== undefined && { position }),
    });
  }

  #goOn(seal: StoredSeal, anchors: readonly string[], covered: number): void {
    this.#anchors = anchors;
    this.covered = covered;
    this.lastSeal = { number: this.#expected, hash: seal.hash };
    this.#expected += 1;
  }
}

function isInManifestAt(expected: ManifestRow | undefined, position: number, hash: string): boolean {
  return expected?.position === position && hasManifestHash({ hash }, expected);
}

/** The rows that prove a seal. */
interface BlockProof {
  readonly block: readonly SealedRow[];
  /** Rows before the block that were under one more seal, which is gone; empty when none is. */
  readonly missed: readonly SealedRow[];
}

/** The rows and facts that a seal is proven with. */
interface BlockCandidates {
  /** Rows behind the seal before, at least up to the end of the block. */
  readonly rows: readonly SealedRow[];
  readonly manifest: readonly ManifestRow[] | null;
  /** Possible hashes of the seal before. */
  readonly anchors: readonly (string | null)[];
}

/**
 * Returns the rows that prove the seal's hash; `null` when none do. Where seal and manifest disagree about
 * the block, either may be right. Pure.
 */
function proveBlock(seal: StoredSeal, { rows, manifest, anchors }: BlockCandidates): BlockProof | null {
  const lasts = new Set([seal.lastPosition, manifest?.at(-1)?.position ?? seal.lastPosition]);
  const firsts = new Set([seal.firstPosition, manifest?.at(0)?.position ?? seal.firstPosition]);
  for (const last of lasts) {
    const upToLast = rows.filter(({ position }) => position <= last);
    if (proves(seal, upToLast, anchors)) return { block: upToLast, missed: [] };
    for (const first of firsts) {
      const missed = upToLast.filter(({ position }) => position < first);
      const block = upToLast.filter(({ position }) => position >= first);
      const missedHashes = missed.length === 0 ? [] : anchors.map((anchor) => hashSeal(anchor, missed));
      if (proves(seal, block, missedHashes)) return { block, missed };
    }
  }
  return null;
}

function proves(
  { hash }: StoredSeal,
  rows: readonly SealedRow[],
  anchors: readonly (string | null)[],
): boolean {
  return rows.length > 0 && anchors.some((anchor) => hashSeal(anchor, rows) === hash);
}
