import { type BlockRow, hashBlock } from '../journal/journal-block.js';
import type { NotedSeal } from './report.js';
import { type Scan, whileReadable } from './scan.js';
import { faultOfNoted, type SealedPart } from './scan-seals.js';
import type { UnprovenSeal } from './seal-chain.js';
import type { AuditedBlocks, StoredBlock } from './source.js';

/** Most positions that are kept: of gaps, and of rows where none was counted. */
const mostKept = 1_000;

/**
 * Scans a journal whose every block is the seal of its rows. A block that its hash proves is as it was
 * written, letter by letter, rows and places; what else disagrees shows in the chains of the entries.
 */
export async function scanBlocks(
  scan: Scan,
  source: AuditedBlocks,
  noted: NotedSeal | undefined,
): Promise<SealedPart> {
  const { findings, marks, progress, reportProgress } = scan;
  const chain = new BlockChain(scan);
  let found: StoredBlock | null = null;
  await whileReadable(findings, async () => {
    for await (const page of source.blocks()) {
      for (const block of page) {
        chain.add(block);
        progress.rows += block.parsed?.length ?? 0;
        if (block.number === noted?.number) found = block;
      }
      progress.seals += page.length;
      reportProgress();
    }
    chain.end(marks.lastSeal);
  });
  const rewritten = noted && faultOfNoted(noted, found);
  if (rewritten) findings.add(rewritten);
  return {
    unsealedRows: 0,
    lastSeal: chain.lastSeal,
    rows: { isReported: (position) => chain.foreign.has(position), isReplaced: () => false },
    isSealed: (position) =>
      position <= chain.lastPosition && !chain.foreign.has(position) && !chain.isUnproven(position),
    gaps: chain.gaps,
    unproven: chain.unproven,
  };
}

/** Checks block after block, each against its own rows and the block before. */
class BlockChain {
  lastPosition = 0;
  lastSeal: NotedSeal | null = null;
  readonly gaps = new Set<number>();
  readonly foreign = new Set<number>();
  readonly unproven: UnprovenSeal[] = [];
  readonly #findings: Scan['findings'];
  #lastNumber = 0;
  /** The last position that the last block says it has. */
  #claimedEnd = 0;
  /** Possible hashes of the block before; empty where that is gone. */
  #anchors: readonly (string | null)[] = [null];

  constructor({ findings }: Pick<Scan, 'findings'>) {
    this.#findings = findings;
  }

  isUnproven(position: number): boolean {
    return this.unproven.some(({ first, last }) => position >= first && position <= last);
  }

  /** Takes the block with the next higher number. */
  add(block: StoredBlock): void {
    const { number, hash, parsed } = block;
    if (number <= this.#lastNumber) {
      const message = `Seal ${number} was not written by the ledger.`;
      this.#findings.add({
        code: 'audit.seal.changed',
        message,
        seal: number,
        position: block.firstPosition,
      });
      return;
    }
    if (number > this.#lastNumber + 1) this.#reportMissing(number - 1);
    const computed = this.#anchors.map((anchor) => hashBlock(block, anchor));
    const isProven = computed.length === 0 || computed.includes(hash);
    const next = this.lastPosition + 1;
    const last = isProven ? claimedEnd(block) : likelyEnd(block, next);
    const first = Math.min(next, parsed?.[0]?.position ?? next);
    this.#checkPositions(parsed ?? [], last);
    if (!isProven && this.unproven.length < mostKept) {
      this.unproven.push({ seal: number, first, last: Math.max(next, last) });
    }
    this.#claimedEnd = claimedEnd(block);
    this.#anchors = isProven ? [hash] : [hash, ...computed];
    this.#lastNumber = number;
    this.lastSeal = { number, hash };
  }

  /** To be called after the last block, with the number of the last one that the store has counted. */
  end(counted: number): void {
    if (counted > this.#lastNumber) this.#reportMissing(counted);
    // Behind the last block, nothing else tells what it lacks.
    if (this.#claimedEnd <= this.lastPosition + mostKept) this.#noteGapBefore(this.#claimedEnd + 1);
  }

  /** Notes the positions up to the last that no row has, and the rows that stand before their time. */
  #checkPositions(rows: readonly BlockRow[], last: number): void {
    for (const { position, entryId, version } of rows) {
      if (position <= this.lastPosition || position > last) {
        this.foreign.add(position);
        const message = 'The row was not written by the ledger.';
        this.#findings.add({ code: 'audit.row.foreign', message, position, entryId, version });
        continue;
      }
      this.#noteGapBefore(position);
      this.lastPosition = position;
    }
    this.#noteGapBefore(last + 1);
    this.lastPosition = Math.max(this.lastPosition, last);
  }

  #noteGapBefore(position: number): void {
    let next = this.lastPosition + 1;
    for (; next < position && this.gaps.size < mostKept; next += 1) this.gaps.add(next);
    if (next < position) this.#findings.more = true;
  }

  #reportMissing(upTo: number): void {
    const first = this.#lastNumber + 1;
    this.#findings.add({
      code: 'audit.seal.missing',
      message: upTo > first ? `Seals ${first} to ${upTo} are missing.` : `Seal ${first} is missing.`,
      seal: first,
      position: this.lastPosition + 1,
    });
    this.#anchors = [];
  }
}

function claimedEnd({ firstPosition, rows }: StoredBlock): number {
  return firstPosition + rows - 1;
}

/**
 * Returns the last position of a block that its hash does not prove: that of its rows if they follow the
 * block before without a gap, else what the block says, if it begins where it should.
 */
function likelyEnd(block: StoredBlock, next: number): number {
  const rows = block.parsed ?? [];
  const follow = rows.length > 0 && rows.every(({ position }, index) => position === next + index);
  const isLikely = !follow && block.firstPosition === next && block.rows <= mostKept;
  return isLikely ? claimedEnd(block) : next + rows.length - 1;
}
