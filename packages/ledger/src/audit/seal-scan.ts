import { hashSeal } from '../journal/hash-seal.js';
import type { StoredSeal } from '../journal/make-seal.js';
import { hasOutlinedHash, type OutlinedRow, readOutline, type SealedRow } from '../journal/outline.js';
import type { AuditFaultCode } from './audit-fault.js';
import type { NotedSeal } from './audit-report.js';
import type { AuditMarks, AuditSource } from './audit-source.js';
import type { Findings } from './findings.js';
import { type BlockProof, proveBlock } from './prove-block.js';
import { rowHash } from './row-hash.js';
import type { RowWindow } from './row-window.js';

/** Most positions without a row, and rows without a place, that are kept. */
const mostKept = 1_000;

/** What the scan of the seals found out for the scans after it. */
export interface SealScanResult {
  readonly unsealedRows: number;
  readonly lastSeal: NotedSeal | null;
  /** Whether the row at the position stands where a seal has it. */
  readonly isSealed: (position: number) => boolean;
  /** Whether a finding already names the row that stands at the position: as moved, or under another's name. */
  readonly isReported: (position: number) => boolean;
  /** Whether the row at the position stands under a name that is not its own, or in the place of another one. */
  readonly isReplaced: (position: number) => boolean;
  /** Positions after the last seal that have no row, where every position is used. */
  readonly gaps: Set<number>;
  /** Seals whose hash does not fit though the rows are as outlined: either the seal or the facts of a row were changed. */
  readonly unproven: readonly { readonly seal: number; readonly first: number; readonly last: number }[];
}

export interface SealScanSettings {
  readonly window: RowWindow;
  readonly source: Pick<AuditSource, 'row' | 'hasEntry' | 'contiguous'>;
  readonly marks: Pick<AuditMarks, 'lastPosition' | 'lastSeal'>;
  readonly findings: Findings;
}

/** Checks seal after seal, each against the rows of its block and the seal before it. */
export class SealScan {
  readonly #settings: SealScanSettings;
  /** The last position under a seal. */
  #covered = 0;
  #lastSeal: NotedSeal | null = null;
  /** The number that the next seal should have. */
  #expected = 1;
  #highest = 0;
  #anchors: readonly (string | null)[] = [null];
  #unsealedRows = 0;
  readonly #gaps = new Set<number>();
  readonly #unproven: { seal: number; first: number; last: number }[] = [];
  /** Positions of rows that a finding names, with its code. */
  readonly #reported = new Map<number, AuditFaultCode>();
  /** Rows where no row was sealed or counted. */
  readonly #unexpectedRows = new Map<number, SealedRow>();

  constructor(settings: SealScanSettings) {
    this.#settings = settings;
  }

  /** Takes the seal with the next higher number. */
  async add(seal: StoredSeal): Promise<void> {
    this.#highest = seal.number;
    const outline = readOutline(seal.outline);
    const last = Math.max(seal.lastPosition, outline?.at(-1)?.position ?? 0);
    const rows = await this.#settings.window.upTo(last);
    const proof = proveBlock(seal, { rows, outline, anchors: this.#anchors });
    if (proof) await this.#checkProven(seal, outline, proof);
    else await this.#checkUnproven(seal, outline, rows);
  }

  /** Checks that no seal is missing after the last one, and scans the rows that no seal covers yet. */
  async end(): Promise<void> {
    const counted = this.#settings.marks.lastSeal;
    if (counted >= this.#expected && counted > this.#highest) this.#reportMissing(counted);
    await this.#scanUnsealed();
  }

  /** Reports the rows that belong nowhere, and returns what the next scans need. */
  result(): SealScanResult {
    for (const { position, entryId, version } of this.#unexpectedRows.values()) {
      if (this.#reported.has(position)) continue;
      const message = 'The row was not written by the ledger.';
      this.#settings.findings.add({ code: 'audit.row.foreign', message, position, entryId, version });
    }
    return {
      unsealedRows: this.#unsealedRows,
      lastSeal: this.#lastSeal,
      isSealed: (position) => {
        const isElsewhere = this.#unexpectedRows.has(position) || this.#reported.has(position);
        return position <= this.#covered && !isElsewhere;
      },
      isReported: (position) => this.#reported.has(position),
      isReplaced: (position) => this.#reported.get(position) === 'audit.row.changed',
      gaps: this.#gaps,
      unproven: this.#unproven,
    };
  }

  /** Checks a seal whose hash its rows prove: what else disagrees is the seal, or an entry or version in a row. */
  async #checkProven(
    seal: StoredSeal,
    outline: readonly OutlinedRow[] | null,
    { block, missed }: BlockProof,
  ): Promise<void> {
    const [before] = missed;
    if (before) {
      this.#settings.findings.add({
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
    if (!asWritten) this.#reportChanged(seal, this.#expected, block.at(0)?.position);
    else await this.#compare(block, outline);
    this.#goOn(seal, [seal.hash], block.at(-1)?.position ?? 0);
  }

  async #checkUnproven(
    seal: StoredSeal,
    outline: readonly OutlinedRow[] | null,
    rows: readonly SealedRow[],
  ): Promise<void> {
    const first = outline?.at(0)?.position ?? 0;
    const last = outline?.at(-1)?.position ?? 0;
    // What covers nothing new, or has no outline, is no seal of this chain.
    if (!outline || first <= this.#covered || seal.number < this.#expected) {
      this.#reportChanged(seal, seal.number, seal.firstPosition);
      return;
    }
    const anchored = seal.number === this.#expected;
    if (!anchored) this.#reportMissing(seal.number - 1);
    const block = rows.filter(({ position }) => position <= last && (anchored || position >= first));
    const asOutlined = await this.#compare(block, outline);
    if (asOutlined && anchored && this.#unproven.length < mostKept) {
      this.#unproven.push({ seal: seal.number, first, last });
    }
    const computed = asOutlined ? this.#anchors.map((anchor) => hashSeal(anchor, block)) : [];
    this.#goOn(seal, [seal.hash, ...computed], last);
  }

  /** Reports how the rows of a block differ from the outline; returns whether they are the same. */
  async #compare(block: readonly SealedRow[], outline: readonly OutlinedRow[]): Promise<boolean> {
    const unexpected = new Map(block.map((row) => [row.position, row]));
    let same = true;
    for (const outlined of outline) {
      const { position, entryId, version } = outlined;
      const row = unexpected.get(position);
      unexpected.delete(position);
      if (row?.entryId !== entryId || row.version !== version) {
        await this.#classify(outlined, row);
        same = false;
      } else if (!hasOutlinedHash(row, outlined)) {
        const message = 'The row is not the one that was sealed: its hash is another.';
        this.#settings.findings.add({ code: 'audit.row.changed', message, position, entryId, version });
        same = false;
      }
    }
    for (const row of unexpected.values()) this.#expectNot(row);
    return same && unexpected.size === 0;
  }

  /** Reports a sealed row that is not in its place, where `here` is now. */
  async #classify(outlined: OutlinedRow, here: SealedRow | undefined): Promise<void> {
    const { findings, source } = this.#settings;
    // The first findings are known; to look for the rest would take long.
    if (findings.more) return;
    const { position, entryId, version } = outlined;
    const row = { position, entryId, version };
    const elsewhere = await source.row(entryId, version);
    const report = (code: AuditFaultCode, message: string) => {
      findings.add({ code, message, ...row });
      if (here) this.#reported.set(position, code);
      if (elsewhere) this.#reported.set(elsewhere.position, code);
    };
    if (elsewhere && hasOutlinedHash(elsewhere, outlined)) {
      report('audit.row.moved', `The row now stands at position ${elsewhere.position}.`);
    } else if (here && hasOutlinedHash(here, outlined) && (await this.#isSound(here))) {
      const seal = this.#expected;
      const message = `The outline of seal ${seal} was changed.`;
      findings.add({ code: 'audit.seal.changed', message, seal, position });
    } else if (here || elsewhere) {
      const message = 'Another row stands in its place, or its entry or version was changed.';
      report('audit.row.changed', message);
    } else if (await source.hasEntry(entryId)) {
      report('audit.row.missing', 'The row is gone.');
    } else {
      report('audit.entry.missing', 'The entry is gone, and rows of its journal with it.');
    }
  }

  /** Whether a row follows from the row before it in the journal of an entry that is there. */
  async #isSound({ entryId, version }: SealedRow): Promise<boolean> {
    const { source } = this.#settings;
    const row = await source.row(entryId, version);
    const previous = version === 1 ? null : await source.row(entryId, version - 1);
    const follows =
      row !== null &&
      (version === 1 || previous !== null) &&
      rowHash(row, previous?.hash ?? null) === row.hash;
    return follows && (await source.hasEntry(entryId));
  }

  async #scanUnsealed(): Promise<void> {
    const { window, source, marks } = this.#settings;
    let next = this.#covered + 1;
    const noteGapBefore = (position: number) => {
      if (!source.contiguous) return;
      for (; next < position && this.#gaps.size < mostKept; next += 1) this.#gaps.add(next);
      if (next < position) this.#settings.findings.more = true;
    };
    for await (const page of window.rest()) {
      this.#unsealedRows += page.length;
      for (const row of page) {
        if (row.position < next || row.position > marks.lastPosition) {
          this.#expectNot(row);
          continue;
        }
        noteGapBefore(row.position);
        next = row.position + 1;
      }
    }
    noteGapBefore(marks.lastPosition + 1);
  }

  #expectNot(row: SealedRow): void {
    if (this.#unexpectedRows.size < mostKept) this.#unexpectedRows.set(row.position, row);
    else this.#settings.findings.more = true;
  }

  #reportMissing(number: number): void {
    const many = number > this.#expected;
    this.#settings.findings.add({
      code: 'audit.seal.missing',
      message: many ? `Seals ${this.#expected} to ${number} are missing.` : `Seal ${number} is missing.`,
      seal: this.#expected,
      position: this.#covered + 1,
    });
    this.#expected = number + 1;
  }

  #reportChanged(seal: StoredSeal, number: number, position: number | undefined): void {
    const message = `Seal ${number} is not as it was written`;
    this.#settings.findings.add({
      code: 'audit.seal.changed',
      message: seal.number === number ? `${message}.` : `${message}: its number is ${seal.number}.`,
      seal: number,
      ...(position !== undefined && { position }),
    });
  }

  #goOn(seal: StoredSeal, anchors: readonly string[], covered: number): void {
    this.#anchors = anchors;
    this.#covered = covered;
    this.#lastSeal = { number: this.#expected, hash: seal.hash };
    this.#expected += 1;
    this.#settings.window.drop(covered);
  }
}

function isOutlinedAt(outlined: OutlinedRow | undefined, position: number, hash: string): boolean {
  return outlined?.position === position && hasOutlinedHash({ hash }, outlined);
}
