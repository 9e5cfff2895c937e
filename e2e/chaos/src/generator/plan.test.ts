import { describe, expect, it } from 'vitest';
import { plannedContentKey, plannedPaymentKey } from '../checker/identity.js';
import { freedompay } from '../providers/freedompay.js';
import { createProvider, providerNames, usualDayMs } from '../providers/providers.js';
import type { PlannedRequest } from './operation.js';
import { type Plan, type PlanRequest, planRun, receiptsOf } from './plan.js';
import type { PlannedReceipt } from './planned-document.js';

const settings: PlanRequest = { seed: 1, receipts: 300, gateways: 3, kills: 20, profile: 'postgres' };

/** Returns the receipts that clients write themselves, with their requests. */
function writtenIn({ documents, requests }: Plan): PlannedRequest<PlannedReceipt>[] {
  return documents.flatMap((document) => {
    const request = requests.get(document.name);
    return document.kind === 'receipt' && request ? [{ document, request }] : [];
  });
}

describe('a plan', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planRun(settings, freedompay)).toEqual(planRun(settings, freedompay));
    expect(planRun({ ...settings, seed: 2 }, freedompay)).not.toEqual(planRun(settings, freedompay));
  });

  it.each([1, 2, 100])('has %i receipts where so many are asked for', (receipts) => {
    const { sequences } = planRun({ ...settings, receipts }, freedompay);
    expect(sequences.reduce((sum, sequence) => sum + receiptsOf(sequence), 0)).toBe(receipts);
  });

  it('has the kills that are asked for, and other faults between them', () => {
    const kinds = planRun(settings, freedompay).faults.map(({ fault }) => fault.kind);
    const kills = kinds.filter((kind) => kind === 'kill-gateway').length;
    const twice = kinds.filter((kind) => kind === 'kill-gateway-twice').length;
    expect(kills + 2 * twice).toBe(settings.kills);
    expect(new Set(kinds).size).toBeGreaterThan(4);
  });

  it.each(providerNames.filter((name) => name !== 'freedompay'))(
    'has outages of every kind that outlast the memory of %s',
    (provider) => {
      const emulated = createProvider({ provider, dayMs: usualDayMs });
      const { faults, documents } = planRun({ ...settings, receipts: 2_000, profile: 'sqlite' }, emulated);
      const outages = faults.flatMap(({ fault }) => (fault.kind === 'outage' ? [fault] : []));
      expect(new Set(outages.map(({ rules }) => JSON.stringify(rules))).size).toBe(4);
      expect(Math.min(...outages.map(({ forMs }) => forMs))).toBeGreaterThan(emulated.memoryMs ?? 0);
      const { merchants, rejected } = emulated.shops;
      const all = merchants.length + (rejected === null ? 0 : 1);
      expect(new Set(documents.map(({ merchant }) => merchant)).size).toBe(all);
      expect(documents.every(({ kind }) => kind === 'receipt')).toBe(true);
    },
  );

  it.each(providerNames.filter((name) => name !== 'freedompay'))(
    'has one document in eight corrected at %s, of every kind that its format has',
    (provider) => {
      const emulated = createProvider({ provider, dayMs: usualDayMs });
      const plan = planRun({ ...settings, receipts: 2_000, profile: 'sqlite' }, emulated);
      const corrections = plan.documents.flatMap((document) =>
        document.kind === 'receipt' && document.ground !== null ? [document] : [],
      );
      expect(corrections.length).toBeGreaterThan(2_000 / 8);
      const operations = new Set(corrections.map(({ operation }) => operation));
      expect(operations.size).toBe(emulated.shops.receiptFormat === 'ru_1_05' ? 2 : 4);
      expect(new Set(corrections.map(({ ground }) => ground?.type)).size).toBe(2);
      expect(corrections.filter(({ paymentId }) => paymentId === '').length).toBeGreaterThan(20);
      // Where rules reject single documents, they name a payment, and a rejected correction is of none.
      expect(corrections.some(({ outcome }) => outcome === 'rejected')).toBe(
        emulated.shops.rejected !== null,
      );
      const requests = corrections.flatMap(({ name }) => plan.requests.get(name) ?? []);
      expect(new Set(requests.map(({ path }) => path))).toEqual(new Set(['/v5/corrections']));
    },
  );

  it('keeps delays before processing below the time in which the provider settles a request', () => {
    const { faults } = planRun({ ...settings, kills: 1_000 }, freedompay);
    const rules = faults.flatMap(({ fault }) => (fault.kind === 'trouble-provider' ? fault.rules : []));
    const delays = rules.flatMap(({ fault }) => (fault.kind === 'delay' && !fault.when ? [fault.ms] : []));
    expect(delays.length).toBeGreaterThan(0);
    expect(Math.max(...delays)).toBeLessThan(1_000);
  });

  it('has what can be taken for one another at a provider that writes its own way', () => {
    const { documents, sequences } = planRun({ ...settings, receipts: 2_000 }, freedompay);
    const receipts = documents.filter((document) => document.kind === 'receipt');
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
    const actions = sequences.flatMap(({ operations }) =>
      operations.flatMap((operation) => (operation.kind === 'operate' ? [operation.action] : [])),
    );
    expect(new Set(actions)).toEqual(new Set(['drop', 'let-sales-pass']));
  });

  it('says of every document that equals another of its payment that it is meant, under a key of its own', () => {
    const written = writtenIn(planRun({ ...settings, receipts: 2_000 }, freedompay));
    const contents = new Map<string, typeof written>();
    for (const planned of written) {
      const content = `${plannedPaymentKey(planned.document)} ${plannedContentKey(planned.document)}`;
      contents.set(content, [...(contents.get(content) ?? []), planned]);
    }
    const repeated = [...contents.values()].flatMap(([, ...others]) => others.map(({ request }) => request));
    expect(repeated.length).toBeGreaterThan(50);
    expect(repeated.every(({ isMeant, key }) => isMeant && key !== null)).toBe(true);
  });

  it('gives a key to every request that says that its document is meant', () => {
    const meant = writtenIn(planRun({ ...settings, receipts: 2_000 }, freedompay)).filter(
      ({ request }) => request.isMeant,
    );
    expect(meant.filter(({ request }) => request.key === null)).toEqual([]);
    expect(meant.length).toBeGreaterThan(100);
  });

  it('has one receipt in eight made from another, some by requests of which not all are accepted', () => {
    const { sequences } = planRun({ ...settings, receipts: 5_000 }, freedompay);
    const operations = sequences.flatMap((sequence) => sequence.operations);
    const derives = operations.filter((operation) => operation.kind === 'derive');
    const made = derives.reduce((sum, { least }) => sum + least, 0);
    expect(made).toBeGreaterThan(5_000 / 8);
    expect(derives.some(({ requests, most }) => requests.length > most && most > 1)).toBe(true);
    const requests = derives.flatMap((derive) => derive.requests);
    expect(new Set(requests.map(({ request }) => request.action))).toEqual(new Set(['refund', 'close']));
    expect(requests.some(({ request }) => new Set(request.keys).size > 2)).toBe(true);
    expect(requests.some(({ alternatives }) => alternatives.length > 1)).toBe(true);
    expect(requests.some(({ alternatives: [made = []] }) => made.length > 1)).toBe(true);
    expect(requests.some(({ request }) => request.origin.outcome === 'rejected')).toBe(true);
  });

  it('has a provider that writes every way for more than one receipt in ten', () => {
    const ways = planRun(settings, freedompay).writing.flatMap(({ fault, on }) =>
      fault.kind === 'write' ? fault.as.map((way) => ({ way, on })) : [],
    );
    expect(new Set(ways.map(({ way }) => way)).size).toBeGreaterThan(12);
    expect(ways.every(({ on }) => on && 'probability' in on && on.probability > 0.1)).toBe(true);
  });

  it('has every kind of operation: repeats, refunds, twins, conflicts, confirmations and rejections', () => {
    const { sequences, rejections } = planRun(settings, freedompay);
    const operations = sequences.flatMap((sequence) => sequence.operations);
    const accepts = operations.flatMap((operation) => (operation.kind === 'accept' ? [operation] : []));
    const bodies = new Map(accepts.map(({ document, request }) => [document.name, request.body]));
    expect(accepts.some(({ copies }) => copies > 1)).toBe(true);
    expect(accepts.some(({ request }) => request.key === null)).toBe(true);
    expect(
      accepts.some(({ document }) => 'operation' in document && document.operation === 'sell_refund'),
    ).toBe(true);
    expect(new Set(bodies.values()).size).toBeLessThan(bodies.size);
    const conflicts = operations.flatMap((operation) =>
      operation.kind === 'conflict' ? [operation.request.path] : [],
    );
    expect(conflicts).toContain('/v5/receipts');
    expect(conflicts.some((path) => path !== '/v5/receipts')).toBe(true);
    expect(rejections.length).toBeGreaterThan(0);
  });
});
