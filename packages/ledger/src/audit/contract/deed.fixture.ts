import { expect, it } from 'vitest';
import type { JournalRow } from '../../journal/journal-row.js';
import type { AuditFault, AuditFaultCode } from '../audit-fault.js';
import { type AuditedLedger, audit, type OpenAuditedLedger, useSampleLedger } from './audit-bench.fixture.js';
import type { SampleLedger } from './sample-ledger.fixture.js';

/** What is done behind the store's back, and the faults that must be found: all of them, in this order. */
export interface Deed {
  readonly deed: string;
  readonly statements: (sample: SampleLedger, ledger: AuditedLedger) => readonly string[];
  readonly faults: (sample: SampleLedger, ledger: AuditedLedger) => readonly Partial<AuditFault>[];
}

/** A fault about a row in its place. */
export function about(
  code: AuditFaultCode,
  { position, entryId, version }: JournalRow,
): Pick<AuditFault, 'code' | 'position' | 'entryId' | 'version'> {
  return { code, position, entryId, version };
}

/** Tests that each deed is found, on a ledger of its own. */
export function itFindsEach(deeds: readonly Deed[], open: OpenAuditedLedger): void {
  const bench = useSampleLedger(open);
  it.each(deeds)('finds $deed', async ({ statements, faults }) => {
    const { ledger, sample } = bench;
    await ledger.tamper(...statements(sample, ledger));
    const expected = faults(sample, ledger);
    const report = await audit(ledger);
    expect(report.faults.map(withoutMessage)).toEqual(expected);
    expect(report.ok).toBe(expected.length === 0);
  });
}

function withoutMessage({ message: _message, ...fault }: AuditFault): Partial<AuditFault> {
  return fault;
}
