import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LedgerStore } from '../../store/ledger-store.js';
import type { AuditReport } from '../audit-report.js';
import type { AuditSource } from '../audit-source.js';
import { type VerifyOptions, verifyLedger } from '../verify-ledger.js';
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
  /** Makes whatever trouble the store stands by itself, while the condition holds. */
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
