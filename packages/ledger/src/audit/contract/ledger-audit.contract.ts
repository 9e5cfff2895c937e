import { describe, expect, it } from 'vitest';
import { newEntry } from '../../store/new-entry.fixture.js';
import { verifyLedger } from '../verify.js';
import {
  type AuditedLedger,
  audit,
  type OpenAuditedLedger,
  useSampleLedger,
} from './audited-ledger.fixture.js';
import {
  describeTamperedEntries,
  describeTamperedHolds,
  describeTamperedReissues,
} from './entries-tampered.contract.js';
import { describeTamperedRows } from './rows-tampered.contract.js';
import { describeTamperedSeals } from './seals-tampered.contract.js';
import { describeAuditUnderLoad } from './under-load.contract.js';

/**
 * Proves that an audit of a store's ledgers finds what was done to them, and nothing else; `sealsApart` where
 * seals are written behind the rows, not with them.
 */
export function describeLedgerAudit(
  name: string,
  open: OpenAuditedLedger,
  { sealsApart = true }: { readonly sealsApart?: boolean } = {},
): void {
  describe(`the audit of ${name}`, () => {
    describe('a ledger that nobody touched', () => {
      const setup = useSampleLedger(open);

      it('has nothing wrong', async () => {
        const report = await audit(setup.ledger);
        expect(report.faults).toEqual([]);
        const { length: rows } = setup.sample.rows;
        const sealed = sealsApart ? { seals: 4, unsealedRows: 3 } : { seals: rows, unsealedRows: 0 };
        expect(report).toMatchObject({ ok: true, rows, entries: 6, ...sealed });
      });

      it('is read as it was when it was opened', async () => {
        const { ledger, sample } = setup;
        const source = await ledger.openAudit();
        await ledger.store.accept(newEntry());
        const seal = await ledger.store.seal();
        expect(await verifyLedger(source)).toMatchObject({ ok: true, rows: sample.rows.length, entries: 6 });
        await source.close();
        const lastSeal = { number: seal?.number, hash: seal?.hash };
        expect(await audit(ledger)).toMatchObject({ ok: true, entries: 7, unsealedRows: 0, lastSeal });
      });

      it('has the seal that was noted outside, and no other', async () => {
        const { ledger } = setup;
        const { lastSeal } = await audit(ledger);
        if (!lastSeal) throw new Error('nothing was sealed');
        const noted = async (seal: typeof lastSeal) => (await audit(ledger, { seal })).faults;
        expect(await noted(lastSeal)).toEqual([]);
        expect(await noted({ ...lastSeal, hash: '0'.repeat(64) })).toMatchObject([
          { code: 'audit.seal.changed', seal: lastSeal.number },
        ]);
        expect(await noted({ ...lastSeal, number: 99 })).toMatchObject([
          { code: 'audit.seal.missing', seal: 99 },
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
    describeTamperedReissues(open);
    if (sealsApart) describeTamperedSeals(open);
  });
}

/** A way to disable guards of the store, and the number of guards that are then missing. */
export interface Breach {
  readonly name: string;
  readonly statements: readonly string[];
  readonly guards: number;
}

/** Proves that the audit reports missing append-only triggers. */
export function describeMissingGuards(open: () => Promise<AuditedLedger>, breaches: readonly Breach[]): void {
  describe('guards', () => {
    it.each(breaches)('are missed: $name', async ({ statements, guards }) => {
      const ledger = await open();
      for (const statement of statements) await ledger.run(statement);
      const { ok, faults } = await audit(ledger);
      expect(ok).toBe(false);
      expect(faults.map(({ code }) => code)).toEqual(Array(guards).fill('audit.guard.missing'));
      await ledger.close();
    });
  });
}
