import { describe, expect, it } from 'vitest';
import type { Entry } from '../../entry/entry.js';
import { newEntry } from '../../store/new-entry.fixture.js';
import { audit, type OpenAuditedLedger, useSampleLedger } from './audit-bench.fixture.js';

/** Proves that a held entry that somebody let go behind the store's back is found. */
export function describeTamperedHolds(open: OpenAuditedLedger): void {
  describe('held entries', () => {
    const bench = useSampleLedger(open);

    async function heldRefund(): Promise<Entry> {
      const { orderingKey, facets } = bench.sample.refused;
      const refund = newEntry({ orderingKey, facets: { ...facets, operationType: 'sell_refund' } });
      const { entry } = await bench.ledger.store.accept(refund);
      return entry;
    }

    it('are as the journal tells', async () => {
      expect(await heldRefund()).toMatchObject({ reason: { code: 'sale.rejected' } });
      expect(await audit(bench.ledger)).toMatchObject({ ok: true, faults: [] });
    });

    it.each([
      ['let go', 'awaits = NULL, due_at = changed_at'],
      ['let go, without its reason', 'awaits = NULL, reason = NULL'],
    ])('are found when they were %s', async (_name, assignment) => {
      const { id, sequence } = await heldRefund();
      await bench.ledger.tamper(`UPDATE deliveries SET ${assignment} WHERE sequence = ${sequence}`);
      const { faults } = await audit(bench.ledger);
      expect(faults).toMatchObject([{ code: 'audit.entry.changed', entryId: id, version: 2 }]);
    });
  });
}
