import { expect, test } from 'vitest';
import type { CallSubject } from './active-fault-rule.js';
import { FaultRegistry } from './fault-registry.js';
import type { FaultRuleInput } from './fault-rule.js';

const drop = { kind: 'drop-after' } as const;

function about(endpoint: CallSubject['endpoint'], paymentId: string | null = null): CallSubject {
  return { endpoint, paymentId, operationType: null };
}

function affectedCalls(rule: FaultRuleInput, calls: number, seed = 1): number[] {
  const registry = new FaultRegistry(seed, [rule]);
  const numbers = Array.from({ length: calls }, (_, index) => index + 1);
  return numbers.filter(() => registry.plan(about('receipts.create')).after !== null);
}

test('without an occasion the fault applies to every call', () => {
  expect(affectedCalls({ endpoint: '*', fault: drop }, 3)).toEqual([1, 2, 3]);
});

test('the n-th call', () => {
  expect(affectedCalls({ endpoint: '*', on: { call: 2 }, fault: drop }, 5)).toEqual([2]);
});

test('every n-th call, a limited number of times', () => {
  expect(affectedCalls({ endpoint: '*', on: { every: 2 }, times: 2, fault: drop }, 9)).toEqual([2, 4]);
});

test('random faults follow from the seed', () => {
  const rule: FaultRuleInput = { endpoint: '*', on: { probability: 0.1 }, fault: drop };
  const affected = affectedCalls(rule, 2000, 7);
  expect(affectedCalls(rule, 2000, 7)).toEqual(affected);
  expect(affectedCalls(rule, 2000, 8)).not.toEqual(affected);
  expect(affected.length).toBeGreaterThan(150);
  expect(affected.length).toBeLessThan(250);
});

test('a second rule does not influence the random faults of the first', () => {
  const rule: FaultRuleInput = { endpoint: 'receipts.create', on: { probability: 0.5 }, fault: drop };
  const registry = new FaultRegistry(1, [rule, { ...rule, fault: { kind: 'delay', ms: 1 } }]);
  const together = Array.from({ length: 100 }, (_, index) => index + 1).filter(
    () => registry.plan(about('receipts.create')).after !== null,
  );
  expect(together).toEqual(affectedCalls(rule, 100));
});

test('only calls that match a rule are counted', () => {
  const registry = new FaultRegistry(1, [
    { endpoint: 'receipts.*', on: { call: 2 }, paymentId: 'p', fault: drop },
  ]);
  expect(registry.plan(about('receipts.create', 'p')).after).toBeNull();
  expect(registry.plan(about('payments.anor_confirm', 'p')).after).toBeNull();
  expect(registry.plan(about('receipts.get', 'q')).after).toBeNull();
  expect(registry.plan(about('receipts.get', 'p')).after).toEqual(drop);
  expect(registry.list()).toMatchObject([{ id: 'fault-1', calls: 2, applied: 1 }]);
});

test('only requests for the operation of a rule are counted', () => {
  const registry = new FaultRegistry(1, [
    { endpoint: '*', paymentId: 'p', operationType: 'sell', fault: { kind: 'reject' } },
  ]);
  const plan = (operationType: string | null) =>
    registry.plan({ endpoint: 'receipts.create', paymentId: 'p', operationType }).outcome;
  expect(plan('sell_refund')).toBeNull();
  expect(plan(null)).toBeNull();
  expect(plan('sell')).toMatchObject({ kind: 'reject' });
  expect(registry.list()).toMatchObject([{ calls: 1 }]);
});

test('ways of writing add up, beside an outcome and a lost answer', () => {
  const registry = new FaultRegistry(1, [
    { endpoint: 'receipts.*', fault: { kind: 'write', as: ['yo', 'page:5'] } },
    { endpoint: 'receipts.create', fault: { kind: 'write', as: ['upper'] } },
    { endpoint: '*', fault: { kind: 'reject' } },
    { endpoint: '*', fault: drop },
  ]);
  expect(registry.plan(about('receipts.create'))).toMatchObject({
    outcome: { kind: 'reject' },
    writing: ['yo', 'page:5', 'upper'],
    after: drop,
  });
  expect(registry.plan(about('receipts.get')).writing).toEqual([]);
  expect(registry.plan(about('receipts.list')).writing).toEqual(['yo', 'page:5']);
});

test('a call that is not processed uses up no fault of a later stage', () => {
  const registry = new FaultRegistry(1, [
    { endpoint: '*', fault: { kind: 'stay-pending' } },
    { endpoint: '*', fault: drop },
    { endpoint: '*', times: 1, fault: { kind: 'drop-before' } },
  ]);
  expect(registry.plan(about('receipts.create'))).toMatchObject({
    before: { kind: 'drop-before' },
    outcome: null,
    after: null,
  });
  expect(registry.list().map(({ applied }) => applied)).toEqual([0, 0, 1]);
  expect(registry.plan(about('receipts.create'))).toMatchObject({
    before: null,
    outcome: { kind: 'stay-pending' },
    after: drop,
  });
});

test('a reset restores the rules of the start', () => {
  const registry = new FaultRegistry(1, [{ endpoint: '*', on: { call: 1 }, fault: drop }]);
  registry.plan(about('receipts.create'));
  registry.add({ endpoint: '*', fault: drop });
  registry.reset();
  expect(registry.list()).toMatchObject([{ id: 'fault-1', calls: 0, applied: 0 }]);
  expect(registry.plan(about('receipts.create')).after).toEqual(drop);
});

test('rules are removed one by one or all', () => {
  const registry = new FaultRegistry(1, []);
  const [first] = registry.add([
    { endpoint: '*', fault: drop },
    { endpoint: '*', fault: drop },
    { endpoint: '*', fault: drop },
  ]);
  expect(registry.clear(first?.id)).toBe(1);
  expect(registry.clear('fault-99')).toBe(0);
  expect(registry.clear()).toBe(2);
  expect(registry.list()).toEqual([]);
});

test.each([
  ['an unknown endpoint', { endpoint: 'receipts.delete', fault: drop }, '$[0].endpoint'],
  ['an unknown kind', { endpoint: '*', fault: { kind: 'explode' } }, '$[0].fault.kind'],
  ['a wrong probability', { endpoint: '*', on: { probability: 2 }, fault: drop }, '$[0].on'],
  [
    'a fault that can never apply',
    { endpoint: 'receipts.get', fault: { kind: 'reject' } },
    '$[0].fault.kind',
  ],
  ['a pending confirmation', { endpoint: 'payments.*', fault: { kind: 'stay-pending' } }, '$[0].fault.kind'],
  ['no list of ways of writing', { endpoint: '*', fault: { kind: 'write', as: 'yo' } }, '$[0].fault.as'],
  [
    'an unknown way of writing',
    { endpoint: '*', fault: { kind: 'write', as: ['koi8'] } },
    '$[0].fault.as[0]',
  ],
  [
    'a way of writing where nothing is registered',
    { endpoint: 'receipts.get', fault: { kind: 'write', as: ['yo'] } },
    '$[0].fault.kind',
  ],
  ['an unknown operation', { endpoint: '*', operationType: 'gift', fault: drop }, '$[0].operationType'],
  ['an unknown field', { endpoint: '*', fault: drop, often: true }, '$[0].often'],
])('%s is refused by its path, and no rule of the list is added', (_name, wrong, path) => {
  const registry = new FaultRegistry(1, []);
  const error = errorOf(() => registry.add([wrong, { endpoint: '*', fault: drop }]));
  expect(error).toMatchObject({
    code: 'sandbox.fault.invalid',
    faults: [{ path: expect.stringContaining(path) }],
  });
  expect(registry.list()).toEqual([]);
});

function errorOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
