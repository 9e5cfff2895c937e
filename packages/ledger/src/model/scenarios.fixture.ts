import type { Plan, Scenario } from './scenario.fixture.js';

export const sale: Plan = { name: 'sale', operation: 'sell', paymentId: 1, key: 'sale', times: 1 };
export const again: Plan = { ...sale, times: 2 };
export const refund: Plan = { ...sale, name: 'refund', operation: 'sell_refund', key: null, after: 'sale' };
export const twin: Plan = { ...sale, name: 'twin', key: 'twin', after: 'sale', twin: 'meant' };
export const other: Plan = { ...again, name: 'other sale', paymentId: 2, key: null };
const confirmation: Plan = { ...again, name: 'confirmation', operation: 'confirmation', key: null };

/** A provider like most: it accepts repeats, and lists its documents. */
export const searched = { deduplicatesBy: 'nothing', findsBy: 'content', asynchronous: false } as const;

export const quick = { leaseMs: 1, startWithinMs: 0, settlesWithinMs: 1 };
export const careful = { leaseMs: 2, startWithinMs: 1, settlesWithinMs: 1 };
const slow = { leaseMs: 1, startWithinMs: 0, settlesWithinMs: 2 };
export const roomy = { leaseMs: 2, startWithinMs: 1, settlesWithinMs: 2 };

/** Faults that other scenarios try at every step. */
const usualFaults = ['make due now', 'claim unheard', 'accept unheard', 'turn away'] as const;

export const repeatedSale: Scenario = {
  name: 'a sale that the client sends twice',
  plans: [again],
  provider: searched,
  processes: 'two',
  timing: careful,
  clockJumps: 0,
};

export const saleAndRefund: Scenario = {
  ...repeatedSale,
  name: 'a sale and its refund',
  plans: [sale, refund],
  timing: quick,
};

export const oneProcess: Scenario = {
  ...saleAndRefund,
  name: 'a sale and its refund in one process, which dies whole',
  processes: 'one',
  timing: careful,
};

export const equalSales: Scenario = {
  ...oneProcess,
  name: 'two equal sales of one payment',
  plans: [sale, twin],
  timing: quick,
};

export const slowProvider: Scenario = {
  ...repeatedSale,
  name: 'a sale at a provider that is slower than a lease',
  plans: [sale],
  timing: slow,
};

export const clockJump: Scenario = {
  ...slowProvider,
  name: 'a sale in one process, while the clock of the store jumps ahead',
  processes: 'one',
  timing: roomy,
  clockJumps: 1,
  without: usualFaults,
};

export const sharedClockJump: Scenario = {
  ...slowProvider,
  name: 'a sale in two processes, while the clock of their store jumps ahead',
  timing: careful,
  clockJumps: 1,
  without: usualFaults,
};

/** A provider that recognises a repeat for a while, and can't be searched: after that, a person looks. */
export const forgetfulProvider: Scenario = {
  ...slowProvider,
  name: 'a sale at a provider that recognises a repeat for a while, and has no search',
  timing: quick,
  provider: { deduplicatesBy: 'key', deduplicationWindowMs: 5, findsBy: 'nothing', asynchronous: false },
  without: ['make due now', 'claim unheard', 'accept unheard'],
};

/** The same with a search, which comes after the window. */
export const forgetfulAndSearched: Scenario = {
  ...forgetfulProvider,
  name: 'a sale at a provider that recognises a repeat for a while, and is searched after that',
  provider: { ...forgetfulProvider.provider, findsBy: 'reference' },
};

/** Scenarios of delivery. */
export const scenarios: readonly Scenario[] = [
  repeatedSale,
  saleAndRefund,
  oneProcess,
  equalSales,
  slowProvider,
  clockJump,
  sharedClockJump,
  forgetfulProvider,
  forgetfulAndSearched,
  {
    ...slowProvider,
    name: 'a sale at a provider that registers later',
    timing: careful,
    provider: { ...searched, asynchronous: true },
    without: usualFaults,
  },
  {
    ...repeatedSale,
    name: 'a sale at a provider that knows our references',
    timing: quick,
    provider: { deduplicatesBy: 'key', findsBy: 'reference', asynchronous: false },
  },
  {
    ...repeatedSale,
    name: 'a payment confirmation, which the provider absorbs when it is repeated',
    plans: [confirmation],
    timing: quick,
    provider: { deduplicatesBy: 'payment', findsBy: 'nothing', asynchronous: false },
  },
];
