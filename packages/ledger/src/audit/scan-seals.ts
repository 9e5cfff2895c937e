import type { SealedRow } from '../journal/block-manifest.js';
import type { StoredSeal } from '../journal/seal.js';
import type { AuditFault, NotedSeal } from './report.js';
import { type Scan, whileReadable } from './scan.js';
import { SealChain, type UnprovenSeal } from './seal-chain.js';
import { SealedRows } from './sealed-rows.js';
import type { AuditedSeals } from './source.js';

/** Result of the scan of the seals, as the scans after it need it. */
export interface SealedPart {
  readonly unsealedRows: number;
  readonly lastSeal: NotedSeal | null;
  readonly rows: Pick<SealedRows, 'isReported' | 'isReplaced'>;
  /** Whether the row at the position stands where a seal has it. */
  readonly isSealed: (position: number) => boolean;
  /** Positions after the last seal that have no row, where every position is used. */
  readonly gaps: Set<number>;
  readonly unproven: readonly UnprovenSeal[];
}

/** Scans the seals and all rows, in the order of positions. */
export async function scanSeals(
  scan: Scan,
  source: AuditedSeals,
  noted: NotedSeal | undefined,
): Promise<SealedPart> {
  const { findings, marks, progress, reportProgress } = scan;
  const window = new RowWindow(countedRows(scan, source));
  const rows = new SealedRows(source, findings);
  const chain = new SealChain(rows, findings);
  let found: StoredSeal | null = null;
  let unsealed: UnsealedRows = { count: 0, gaps: new Set() };
  await whileReadable(findings, async () => {
    for await (const page of source.seals()) {
      for (const seal of page) {
        await chain.add(seal, (position) => window.upTo(position));
        window.drop(chain.covered);
        if (seal.number === noted?.number) found = seal;
      }
      progress.seals += page.length;
      reportProgress();
    }
    chain.end(marks.lastSeal);
    unsealed = await scanUnsealed(scan, { pages: window.rest(), covered: chain.covered, rows });
  });
  const rewritten = noted && faultOfNoted(noted, found);
  if (rewritten) findings.add(rewritten);
  rows.reportForeignRows();
  return {
    unsealedRows: unsealed.count,
    lastSeal: chain.lastSeal,
    rows,
    isSealed: (position) =>
      position <= chain.covered && !rows.isUnexpected(position) && !rows.isReported(position),
    gaps: unsealed.gaps,
    unproven: chain.unproven,
  };
}

async function* countedRows(
  { progress, reportProgress }: Scan,
  source: AuditedSeals,
): AsyncIterable<readonly SealedRow[]> {
  for await (const page of source.rows()) {
    progress.rows += page.length;
    reportProgress();
    yield page;
  }
}

/** Most positions without a row that are kept. */
const mostGaps = 1_000;

interface UnsealedRows {
  readonly count: number;
  readonly gaps: Set<number>;
}

interface Unsealed {
  readonly pages: AsyncIterable<readonly SealedRow[]>;
  /** The last position under a seal. */
  readonly covered: number;
  readonly rows: SealedRows;
}

/** Scans the rows that no seal covers yet against the positions that the store has counted. */
async function scanUnsealed(
  { source, marks, findings }: Scan,
  { pages, covered, rows }: Unsealed,
): Promise<UnsealedRows> {
  const gaps = new Set<number>();
  let count = 0;
  let next = covered + 1;
  const noteGapBefore = (position: number) => {
    if (!source.contiguous) return;
    for (; next < position && gaps.size < mostGaps; next += 1) gaps.add(next);
    if (next < position) findings.more = true;
  };
  for await (const page of pages) {
    count += page.length;
    for (const row of page) {
      if (row.position < next || row.position > marks.lastPosition) {
        rows.addUnexpected(row);
        continue;
      }
      noteGapBefore(row.position);
      next = row.position + 1;
    }
  }
  noteGapBefore(marks.lastPosition + 1);
  return { count, gaps };
}

/**
 * Returns the fault that a seal noted outside reveals; `null` when the seal is there as it was. Whoever
 * rewrites all of a ledger can make every hash fit, but not one that was noted elsewhere. Pure.
 */
export function faultOfNoted(
  noted: NotedSeal,
  found: Pick<StoredSeal, 'hash' | 'firstPosition'> | null,
): AuditFault | null {
  const { number: seal } = noted;
  if (!found) {
    const message = `Seal ${seal}, which was noted outside, is missing.`;
    return { code: 'audit.seal.missing', message, seal };
  }
  if (found.hash === noted.hash.toLowerCase()) return null;
  const message = `Seal ${seal} has another hash than was noted outside: the ledger was rewritten.`;
  return { code: 'audit.seal.changed', message, seal, position: found.firstPosition };
}

/** Most rows read ahead: far more than a block has, so that a seal with a false end can't fill the memory. */
const farthest = 200_000;

/** Reads the journal rows in the order of positions, block by block. */
class RowWindow {
  readonly #pages: AsyncIterator<readonly SealedRow[]>;
  #rows: SealedRow[] = [];
  #start = 0;
  #ended = false;

  constructor(pages: AsyncIterable<readonly SealedRow[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** Returns the rows up to the position that were not dropped yet. */
  async upTo(position: number): Promise<SealedRow[]> {
    while (!this.#ended && this.#lastPosition() <= position && this.#rows.length - this.#start < farthest) {
      await this.#load();
    }
    let end = this.#start;
    while ((this.#rows[end]?.position ?? Number.POSITIVE_INFINITY) <= position) end += 1;
    return this.#rows.slice(this.#start, end);
  }

  /** Drops the rows up to the position. */
  drop(position: number): void {
    while ((this.#rows[this.#start]?.position ?? Number.POSITIVE_INFINITY) <= position) this.#start += 1;
  }

  /** Yields all rows that were not dropped, page by page. */
  async *rest(): AsyncIterable<readonly SealedRow[]> {
    yield this.#rows.slice(this.#start);
    while (!this.#ended) {
      this.#start = this.#rows.length;
      await this.#load();
      yield this.#rows;
    }
  }

  #lastPosition(): number {
    return this.#rows.at(-1)?.position ?? Number.NEGATIVE_INFINITY;
  }

  async #load(): Promise<void> {
    const { done, value } = await this.#pages.next();
    this.#ended = done === true;
    const more = done ? [] : value;
    this.#rows = [...this.#rows.slice(this.#start), ...more];
    this.#start = 0;
  }
}
