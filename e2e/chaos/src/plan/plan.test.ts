import { describe, expect, it } from 'vitest';
import { type PlanRequest, planRun } from './plan.js';

const asked: PlanRequest = { seed: 1, receipts: 300, gateways: 3, kills: 20, emphasis: 'postgres' };

describe('a plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planRun(asked)).toEqual(planRun(asked));
    expect(planRun({ ...asked, seed: 2 })).not.toEqual(planRun(asked));
  });

  it.each([1, 2, 100])('has %i receipts where so many are asked for', (receipts) => {
    const { documents } = planRun({ ...asked, receipts });
    expect(documents.filter(({ document }) => document.kind === 'receipt')).toHaveLength(receipts);
  });

  it('has the kills that are asked for, and other trouble between them', () => {
    const kinds = planRun(asked).disturbances.map(({ disturbance }) => disturbance.kind);
    const kills = kinds.filter((kind) => kind === 'kill-gateway').length;
    const twice = kinds.filter((kind) => kind === 'kill-gateway-twice').length;
    expect(kills + 2 * twice).toBe(asked.kills);
    expect(new Set(kinds).size).toBeGreaterThan(4);
  });

  it('keeps delays before processing below the time in which the provider settles a request', () => {
    const { disturbances } = planRun({ ...asked, kills: 1_000 });
    const rules = disturbances.flatMap(({ disturbance }) =>
      disturbance.kind === 'trouble-provider' ? disturbance.rules : [],
    );
    const delays = rules.flatMap(({ fault }) => (fault.kind === 'delay' && !fault.when ? [fault.ms] : []));
    expect(delays.length).toBeGreaterThan(0);
    expect(Math.max(...delays)).toBeLessThan(1_000);
  });

  it('tells every story: repeats, refunds, twins, conflicts, confirmations and rejections', () => {
    const { stories, rejections } = planRun(asked);
    const steps = stories.flatMap((story) => story.steps);
    const handIns = steps.flatMap((step) => (step.kind === 'hand-in' ? [step] : []));
    const bodies = new Map(handIns.map(({ document, ask }) => [document.name, ask.body]));
    expect(handIns.some(({ copies }) => copies > 1)).toBe(true);
    expect(handIns.some(({ ask }) => ask.key === null)).toBe(true);
    expect(
      handIns.some(({ document }) => 'operation' in document && document.operation === 'sell_refund'),
    ).toBe(true);
    expect(new Set(bodies.values()).size).toBeLessThan(bodies.size);
    expect(steps.some(({ kind, ask }) => kind === 'conflict' && ask.path === '/v5/receipts')).toBe(true);
    expect(steps.some(({ kind, ask }) => kind === 'conflict' && ask.path !== '/v5/receipts')).toBe(true);
    expect(rejections.length).toBeGreaterThan(0);
  });
});
