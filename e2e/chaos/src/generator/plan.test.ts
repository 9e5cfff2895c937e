import { describe, expect, it } from 'vitest';
import { plannedContentKey, plannedPaymentKey } from '../checker/identity.js';
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

  it('has what can be taken for one another at a provider that writes its own way', () => {
    const { documents, stories } = planRun({ ...asked, receipts: 2_000 });
    const receipts = documents.flatMap(({ document }) => (document.kind === 'receipt' ? [document] : []));
    const payments = Map.groupBy(receipts, plannedPaymentKey);
    const large = [...payments.values()].filter(({ length }) => length > 2).flat();
    expect(large.length).toBeGreaterThan(receipts.length / 4);
    const ids = new Set(receipts.map(({ paymentId }) => paymentId));
    expect([...ids].filter((id) => /^00\d+$/.test(id)).length).toBeGreaterThan(ids.size / 10);
    expect([...ids].filter((id) => Number(id) > Number.MAX_SAFE_INTEGER).length).toBeGreaterThan(
      ids.size / 10,
    );
    expect([...ids].some((id) => ids.has(`00${id}`))).toBe(true);
    expect(receipts.some(({ settlement }) => settlement === 'prepayment')).toBe(true);
    const acts = stories.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'operate' ? [step.action] : [])),
    );
    expect(new Set(acts)).toEqual(new Set(['drop', 'let-sales-pass']));
  });

  it('says of every document that equals another of its payment that it is meant, under a key of its own', () => {
    const { documents } = planRun({ ...asked, receipts: 2_000 });
    const contents = new Map<string, typeof documents>();
    for (const handedIn of documents) {
      if (handedIn.document.kind !== 'receipt') continue;
      const content = `${plannedPaymentKey(handedIn.document)} ${plannedContentKey(handedIn.document)}`;
      contents.set(content, [...(contents.get(content) ?? []), handedIn]);
    }
    const repeated = [...contents.values()].flatMap(([, ...others]) => others.map(({ ask }) => ask));
    expect(repeated.length).toBeGreaterThan(50);
    expect(repeated.every(({ isMeant, key }) => isMeant && key !== null)).toBe(true);
  });

  it('gives a key to every request that says that its document is meant', () => {
    const { documents } = planRun({ ...asked, receipts: 2_000 });
    const meant = documents.filter(({ ask }) => ask.isMeant);
    expect(meant.filter(({ ask }) => ask.key === null)).toEqual([]);
    expect(meant.length).toBeGreaterThan(100);
  });

  it('has a provider that writes every way for more than one receipt in ten', () => {
    const ways = planRun(asked).writing.flatMap(({ fault, on }) =>
      fault.kind === 'write' ? fault.as.map((way) => ({ way, on })) : [],
    );
    expect(new Set(ways.map(({ way }) => way)).size).toBeGreaterThan(12);
    expect(ways.every(({ on }) => on && 'probability' in on && on.probability > 0.1)).toBe(true);
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
    const conflicts = steps.flatMap((step) => (step.kind === 'conflict' ? [step.ask.path] : []));
    expect(conflicts).toContain('/v5/receipts');
    expect(conflicts.some((path) => path !== '/v5/receipts')).toBe(true);
    expect(rejections.length).toBeGreaterThan(0);
  });
});
