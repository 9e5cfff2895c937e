import { describe, expect, it } from 'vitest';
import { type AuditedLedger, audit } from './audit-bench.fixture.js';

/** A way to do away with a guard of the store's, and how often that shows. */
export interface Breach {
  readonly name: string;
  readonly statements: readonly string[];
  readonly guards: number;
}

/** Proves that it shows when the journal can be rewritten. */
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
