import { describe, expect, it } from 'vitest';
import { mutations } from './mutations/mutations.js';
import type { LedgerKind } from './nemesis/fault.js';
import { usualDayMs } from './providers/providers.js';
import { runHarness } from './run-harness.js';

const shared = {
  provider: 'freedompay',
  dayMs: usualDayMs,
  seed: 7,
  settleMs: 90_000,
  onProgress: () => {},
} as const;

const isPositive = (count: number) => count > 0;

function shortRun(ledger: LedgerKind, gateways: number, receipts: number) {
  return runHarness({ ...shared, ledger, gateways, receipts, kills: 6, profile: ledger, without: null });
}

describe('the harness', () => {
  it.each([
    ['sqlite', 1, 250],
    ['postgres', 3, 150],
  ] as const)(
    'finds that on %s nothing is lost or doubled while everything is crashed',
    async (ledger, gateways, receipts) => {
      const result = await shortRun(ledger, gateways, receipts);
      const { violations, counts, review, injectedFaults, providerFaults, receiverFaults } = result;
      expect(violations).toEqual([]);
      expect(counts.kills).toBeGreaterThanOrEqual(6);
      expect(counts.stored).toBe((counts.told ?? 0) + (counts['handed in again'] ?? 0));
      expect(Object.keys(injectedFaults).length).toBeGreaterThan(2);
      expect(providerFaults['drop-after']).toBeGreaterThan(0);
      expect(providerFaults.write).toBeGreaterThan(receipts);
      expect(receiverFaults).toMatchObject({
        failed: expect.toSatisfy(isPositive),
        gone: expect.toSatisfy(isPositive),
      });
      expect(review.facts.recognition).toMatchObject({ recognised: expect.toSatisfy(isPositive) });
    },
    150_000,
  );

  it('finds the same at ATOL, v4 and v5, through an outage that outlasts what it remembers', async () => {
    const short = {
      ...shared,
      settleMs: 180_000,
      dayMs: 500,
      receipts: 100,
      kills: 2,
      profile: 'short',
      without: null,
    };
    const results = await Promise.all([
      runHarness({ ...short, provider: 'atol-v4', ledger: 'sqlite', gateways: 1 }),
      runHarness({ ...short, provider: 'atol-v5', ledger: 'postgres', gateways: 2 }),
    ]);
    for (const { violations, review, injectedFaults } of results) {
      expect(violations).toEqual([]);
      expect(injectedFaults.outage).toBe(1);
      expect(review.facts).toMatchObject({
        handed: { otherwise: 0 },
        reissues: expect.toSatisfy(isPositive),
      });
    }
  }, 300_000);

  it('sees that documents are doubled which a register may have closed before it lost its connection', async () => {
    const without = 'lost-connection';
    const { violations } = await runHarness({ ...shared, ...mutations[without], without });
    expect(violations.map(({ kind }) => kind)).toContain('doubled');
  }, 150_000);

  it('sees events that are lost when their position is kept before they are delivered', async () => {
    const without = 'event-position';
    const { violations } = await runHarness({ ...shared, ...mutations[without], without });
    expect(violations.map(({ kind }) => kind)).toContain('not-delivered');
  }, 150_000);

  it('sees events that come to the endpoint of another merchant', async () => {
    const without = 'own-events';
    const { violations } = await runHarness({ ...shared, ...mutations[without], without });
    expect(violations.map(({ kind }) => kind)).toContain('delivered-elsewhere');
  }, 150_000);

  it('leaves illegible receipts to the operator, and nothing is lost or doubled', async () => {
    const run = { ledger: 'sqlite', gateways: 1, receipts: 150, kills: 3, profile: 'illegible' } as const;
    const { violations, review } = await runHarness({ ...shared, ...run, without: null });
    expect(violations).toEqual([]);
    expect(review.facts.recognition).toMatchObject({ doubtful: expect.toSatisfy(isPositive) });
  }, 150_000);

  it('sees that documents are doubled without the search before a second sending', async () => {
    const without = 'find-before-resend';
    const { violations } = await runHarness({ ...shared, ...mutations[without], without });
    expect(violations.map(({ kind }) => kind)).toContain('doubled');
  }, 150_000);

  it('sees that more is refunded than was sold when the ledger overlooks what came meanwhile', async () => {
    const without = 'newest-entry';
    const { violations } = await runHarness({ ...shared, ...mutations[without], without });
    expect(violations.map(({ kind }) => kind)).toContain('over-refunded');
  }, 150_000);
});
