import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { JournalRow } from '../../journal/journal-row.js';
import type { LedgerStore } from '../../store/ledger-store.js';
import type { AuditFault, AuditFaultCode, AuditReport } from '../report.js';
import type { AuditSource } from '../source.js';
import { type VerifyOptions, verifyLedger } from '../verify.js';
import { fillLedger, type SampleLedger } from './sample-ledger.fixture.js';

/** A ledger in a real database, which a test can tamper with behind the store's back. */
export interface AuditedLedger {
  readonly store: LedgerStore;
  readonly contiguous: boolean;
  /** Runs statements with the guards out of the way, and puts them back. */
  tamper(...statements: readonly string[]): Promise<void>;
  /** Runs a statement, and nothing else. */
  run(statement: string): Promise<void>;
  openAudit(): Promise<AuditSource>;
  /** Causes the trouble that the store must stand by itself, while the condition holds. */
  disturb(going: () => boolean): Promise<void>;
  /** Notes what the tables hold, for `reset`. */
  save(): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
  /** An expression for a time a little later. */
  later(column: string): string;
  /** An expression for a column in which a text was replaced. */
  replaced(column: string, kind: 'text' | 'json' | 'bytes', from: string, to: string): string;
}

export type OpenAuditedLedger = () => Promise<AuditedLedger>;

/** Verifies the ledger as it is now. */
export async function audit(ledger: AuditedLedger, options: VerifyOptions = {}): Promise<AuditReport> {
  const source = await ledger.openAudit();
  try {
    return await verifyLedger(source, options);
  } finally {
    await source.close();
  }
}

/** One ledger for the tests of a suite, filled with the sample, and as it was again for each of them. */
export function useSampleLedger(open: OpenAuditedLedger): {
  readonly ledger: AuditedLedger;
  readonly sample: SampleLedger;
} {
  let opened: { readonly ledger: AuditedLedger; readonly sample: SampleLedger } | null = null;

  beforeAll(async () => {
    const ledger = await open();
    opened = { ledger, sample: await fillLedger(ledger.store) };
    await ledger.save();
  });
  afterEach(() => opened?.ledger.reset());
  afterAll(() => opened?.ledger.close());

  function current() {
    if (!opened) throw new Error('the ledger is opened before the tests');
    return opened;
  }
  return {
    get ledger() {
      return current().ledger;
    },
    get sample() {
      return current().sample;
    },
  };
}

/** A modification behind the store's back, and the faults that must be found: all of them, in this order. */
export interface Modification {
  readonly modification: string;
  readonly statements: (sample: SampleLedger, ledger: AuditedLedger) => readonly string[];
  readonly faults: (sample: SampleLedger, ledger: AuditedLedger) => readonly Partial<AuditFault>[];
  /**
   * Where the first fault must be, instead of all of them, in a ledger whose seals do not tell again which row
   * is of which entry.
   */
  readonly firstAt?: (sample: SampleLedger) => number;
}

/** A fault about a row in its place. */
export function about(
  code: AuditFaultCode,
  { position, entryId, version }: JournalRow,
): Pick<AuditFault, 'code' | 'position' | 'entryId' | 'version'> {
  return { code, position, entryId, version };
}

/** Tests that each modification is found, on a ledger of its own. */
export function itFindsEach(modifications: readonly Modification[], open: OpenAuditedLedger): void {
  const setup = useSampleLedger(open);
  it.each(modifications)('finds $modification', async ({ statements, faults, firstAt }) => {
    const { ledger, sample } = setup;
    await ledger.tamper(...statements(sample, ledger));
    if (firstAt && ledger.contiguous) {
      const [first] = (await audit(ledger)).faults;
      expect(first?.position).toBe(firstAt(sample));
      return;
    }
    const expected = faults(sample, ledger);
    const report = await audit(ledger);
    expect(report.faults.map(withoutMessage)).toEqual(expected);
    expect(report.ok).toBe(expected.length === 0);
  });
}

function withoutMessage({ message: _message, ...fault }: AuditFault): Partial<AuditFault> {
  return fault;
}
