import { describe, expect, it } from 'vitest';
import type { LedgerKind } from './nemesis/fault.js';
import { runLaboratory } from './run-harness.js';
import { type SafetyName, safeties } from './safeties/safeties.js';

const shared = { seed: 7, settleMs: 90_000, tell: () => {} };

function shortRun(ledger: LedgerKind, gateways: number, receipts: number) {
  return runLaboratory({ ...shared, ledger, gateways, receipts, kills: 6, emphasis: ledger, without: null });
}

function runWithout(name: SafetyName) {
  const { replacements: _, ...scenario } = safeties[name];
  return runLaboratory({ ...shared, ...scenario, without: name });
}

describe('the laboratory', () => {
  it.each([
    ['sqlite', 1, 250],
    ['postgres', 3, 150],
  ] as const)(
    'finds that on %s nothing is lost or doubled while everything is crashed',
    async (ledger, gateways, receipts) => {
      const { violations, counts, recognition, disturbances, faults } = await shortRun(
        ledger,
        gateways,
        receipts,
      );
      expect(violations).toEqual([]);
      expect(counts.kills).toBeGreaterThanOrEqual(6);
      expect(counts.stored).toBe((counts.told ?? 0) + (counts['handed in again'] ?? 0));
      expect(Object.keys(disturbances).length).toBeGreaterThan(2);
      expect(faults['drop-after']).toBeGreaterThan(0);
      expect(faults.write).toBeGreaterThan(receipts);
      expect(recognition.recognised).toBeGreaterThan(0);
    },
    150_000,
  );

  it('leaves to a person what nobody can tell, and nothing is lost or doubled', async () => {
    const run = { ledger: 'sqlite', gateways: 1, receipts: 150, kills: 3, emphasis: 'illegible' } as const;
    const { violations, recognition } = await runLaboratory({ ...shared, ...run, without: null });
    expect(violations).toEqual([]);
    expect(recognition.doubtful).toBeGreaterThan(0);
  }, 150_000);

  it('sees that documents are doubled without the search before a second sending', async () => {
    const { violations } = await runWithout('find-before-resend');
    expect(violations.map(({ kind }) => kind)).toContain('doubled');
  }, 150_000);
});
