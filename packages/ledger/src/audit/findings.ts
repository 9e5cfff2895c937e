import type { AuditFault } from './report.js';

/** Most findings in a report, not counting those about the ledger as a whole. */
const mostFindings = 1_000;

/** Collects the findings of the scans; keeps the first by position, so that memory stays constant. */
export class Findings {
  /** Whether there were more findings than are kept. */
  more = false;
  #faults: AuditFault[] = [];

  add(fault: AuditFault): void {
    this.#faults.push(fault);
    if (this.#faults.length >= 4 * mostFindings) this.#reduce();
  }

  /** Whether a finding names this row of the entry. */
  names(entryId: string, version: number): boolean {
    return this.#faults.some((fault) => fault.entryId === entryId && fault.version === version);
  }

  /** Whether a finding is about a place between two positions, both included. */
  isWithin(first: number, last: number): boolean {
    return this.#faults.some(({ position = 0 }) => position >= first && position <= last);
  }

  /** Number of entries that are named as missing. */
  get missingEntries(): number {
    this.#reduce();
    return this.#faults.filter(({ code }) => code === 'audit.entry.missing').length;
  }

  /**
   * Returns the findings in the order of positions, those without one last, one for each row, entry or seal.
   */
  inOrder(): AuditFault[] {
    this.#reduce();
    return this.#faults;
  }

  #reduce(): void {
    const named = new Set<string>();
    const distinct = this.#faults
      .sort((one, other) => placeOf(one) - placeOf(other) || rankOf(one) - rankOf(other))
      .filter((fault) => {
        const names = namesOf(fault);
        const isNew = !names.some((name) => named.has(name));
        for (const name of names) named.add(name);
        return isNew;
      });
    this.#faults = distinct.filter((fault, index) => index < mostFindings || isAboutLedger(fault));
    if (this.#faults.length < distinct.length) this.more = true;
  }
}

function placeOf({ position }: AuditFault): number {
  return position ?? Number.MAX_SAFE_INTEGER;
}

/** Of findings at the same position, the row comes first. */
function rankOf({ code }: AuditFault): number {
  return ['audit.row.', 'audit.entry.', 'audit.seal.', 'audit.'].findIndex((kind) => code.startsWith(kind));
}

/** Returns names of the finding's subject; findings that share one are about the same row, entry or seal. */
function namesOf({ code, position, entryId, version, seal, message }: AuditFault): string[] {
  if (code.startsWith('audit.row.')) {
    return [
      ...(position === undefined ? [] : [`position ${position}`]),
      ...(entryId === undefined ? [] : [`row ${version} ${entryId}`]),
    ];
  }
  if (code.startsWith('audit.seal.')) return [`seal ${seal}`];
  return [code === 'audit.entry.missing' ? `entry ${entryId}` : `${code} ${entryId} ${message}`];
}

function isAboutLedger({ position, entryId }: AuditFault): boolean {
  return position === undefined && entryId === undefined;
}
