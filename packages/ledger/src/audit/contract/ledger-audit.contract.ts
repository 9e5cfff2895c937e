import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../verify-ledger.js';
import { audit, type OpenAuditedLedger, useSampleLedger } from './audit-bench.fixture.js';
import { describeTamperedEntries } from './entries-tampered.contract.js';
import { describeTamperedHolds } from './holds-tampered.contract.js';
import { describeTamperedRows } from './rows-tampered.contract.js';
import { describeTamperedSeals } from './seals-tampered.contract.js';
import { describeAuditUnderLoad } from './under-load.contract.js';

/** Proves that an audit of a store's ledgers finds what was done to them, and nothing else. */
export function describeLedgerAudit(name: string, open: OpenAuditedLedger): void {
  describe(`the audit of ${name}`, () => {
    describe('a ledger that nobody touched', () => {
      const bench = useSampleLedger(open);

      it('has nothing wrong', async () => {
        const report = await audit(bench.ledger);
        expect(report.faults).toEqual([]);
        const { length: rows } = bench.sample.rows;
        expect(report).toMatchObject({ ok: true, seals: 4, rows, entries: 6, unsealedRows: 3 });
      });

      it('is read as it was when it was opened', async () => {
        const source = await bench.ledger.openAudit();
        const seal = await bench.ledger.store.seal();
        expect(await verifyLedger(source)).toMatchObject({ ok: true, seals: 4, unsealedRows: 3 });
        await source.close();
        const lastSeal = { number: 5, hash: seal?.hash };
        expect(await audit(bench.ledger)).toMatchObject({ ok: true, unsealedRows: 0, lastSeal });
      });

      it('has the seal that was noted outside, and no other', async () => {
        const { ledger } = bench;
        const { lastSeal } = await audit(ledger);
        if (!lastSeal) throw new Error('nothing was sealed');
        const noted = async (seal: typeof lastSeal) => (await audit(ledger, { seal })).faults;
        expect(await noted(lastSeal)).toEqual([]);
        expect(await noted({ ...lastSeal, hash: '0'.repeat(64) })).toMatchObject([
          { code: 'audit.seal.changed', seal: 4, position: 14 },
        ]);
        expect(await noted({ ...lastSeal, number: 9 })).toMatchObject([
          { code: 'audit.seal.missing', seal: 9 },
        ]);
      });
    });

    it('finds nothing in an empty ledger', async () => {
      const ledger = await open();
      const nothing = { seals: 0, rows: 0, entries: 0, unsealedRows: 0, lastSeal: null };
      expect(await audit(ledger)).toEqual({ ok: true, ...nothing, faults: [], moreFaults: false });
      await ledger.close();
    });

    describeAuditUnderLoad(open);
    describeTamperedRows(open);
    describeTamperedEntries(open);
    describeTamperedHolds(open);
    describeTamperedSeals(open);
  });
}
