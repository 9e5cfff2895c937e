import { type AuditSource, verifyLedger } from '@fiscalkit/ledger';
import type { Violation } from './violation.js';

/** Verifies chains and seals over the whole ledger, and closes the source. */
export async function auditLedger(source: AuditSource): Promise<Violation[]> {
  try {
    const { faults } = await verifyLedger(source);
    return faults.map(({ code, message, entryId, position }) => ({
      kind: 'broken-chain',
      what: [code, message, entryId, position].filter((part) => part !== undefined).join(' '),
    }));
  } finally {
    await source.close();
  }
}
