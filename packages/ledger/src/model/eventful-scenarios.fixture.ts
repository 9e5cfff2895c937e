import type { Plan, Scenario } from './scenario.fixture.js';
import {
  again,
  equalSales,
  quick,
  refund,
  repeatedSale,
  sale,
  saleAndRefund,
  slowProvider,
} from './scenarios.fixture.js';

/** Several tries of a client, each under another key, that never meant a second receipt. */
export const manyTries: Scenario = {
  ...saleAndRefund,
  name: 'a sale that the client sends under another key each time, and once without',
  processes: 'one',
  workers: 1,
  plans: [sale, { ...sale, name: 'second try', key: 'try-2' }, { ...sale, name: 'keyless try', key: null }],
  without: ['make due now', 'die', 'claim unheard', 'accept unheard', 'turn away', 'lose answer'],
};

/** A search that finds nothing, or nothing certain, is no proof of absence. */
export const unclearProvider: Scenario = {
  ...slowProvider,
  name: 'a sale at a provider that writes unclearly',
  timing: quick,
  behaviour: { writesUnclearly: true },
  operators: { actions: ['find out', 'park', 'retry'], times: 1 },
  without: ['make due now', 'claim unheard', 'turn away', 'accept unheard'],
};

export const lateLists: Scenario = {
  ...slowProvider,
  name: 'a sale at a provider that lists late and refuses repeats',
  timing: quick,
  behaviour: { listsLate: true, refusesRepeats: true },
  operators: { actions: ['park', 'retry'], times: 2 },
  processes: 'one',
  workers: 1,
  without: ['make due now', 'claim unheard', 'accept unheard'],
};

export const oneAccount = { merchantId: '542088', address: 'https://api.freedompay.uz' };

/** Two shops of one company. */
export const neighbours: Scenario = {
  ...equalSales,
  name: 'two merchants with equal sales of one payment on one account',
  plans: [sale, { ...sale, name: 'sale of the neighbour', merchant: 'neighbour' }],
  without: ['make due now', 'claim unheard', 'accept unheard', 'die', 'turn away'],
};

export const otherMerchantId: Scenario = {
  ...slowProvider,
  name: 'a sale while the account becomes another, in one process after the other',
  timing: quick,
  accounts: [oneAccount, { ...oneAccount, merchantId: '700000' }],
  operators: { actions: ['find out', 'settle account'], times: 1 },
  without: ['make due now', 'claim unheard', 'accept unheard'],
};

export const otherAddress: Scenario = {
  ...otherMerchantId,
  name: 'a sale while the provider moves, in one process after the other',
  accounts: [oneAccount, { ...oneAccount, address: 'https://api.freedompay.kz' }],
};

/** Knowledge of earlier attempts must outlast a time in which the account is not configured. */
export const awayForAWhile: Scenario = {
  ...lateLists,
  name: 'a sale at a provider that lists late, whose account is away from the configuration for a while',
  processes: 'one',
  workers: 1,
  accounts: [oneAccount, { ...oneAccount, merchantId: '700000' }, oneAccount],
  operators: { actions: ['settle account'], times: 1 },
};

export const correctedSale: Plan = {
  ...sale,
  name: 'corrected sale',
  key: 'corrected',
  corrected: true,
  afterRejected: 'sale',
};

export const rejectedSale: Scenario = {
  ...saleAndRefund,
  name: 'a rejected sale that operators resubmit, and its refund',
  processes: 'one',
  workers: 1,
  operators: { actions: ['resubmit', 'drop', 'retry'], times: 2 },
  without: ['make due now', 'claim unheard', 'accept unheard', 'die', 'turn away'],
};

export const correctedSales: Scenario = {
  ...rejectedSale,
  name: 'a rejected sale, its correction and its refund',
  plans: [sale, refund, correctedSale],
  operators: { actions: ['resubmit'], times: 1 },
};

export const failOver: Scenario = {
  ...repeatedSale,
  name: 'a sale while a standby that lags takes the place of the primary',
  plans: [sale],
  standby: 'one worker',
  without: ['make due now', 'claim unheard', 'die', 'reject', 'accept unheard', 'turn away', 'lose answer'],
};

export const failOverOfTwo: Scenario = {
  ...failOver,
  name: 'a sale that two workers send while a standby lags, which takes the place of the primary',
  timing: quick,
  standby: 'two workers',
};

export const failOverAndRepeat: Scenario = {
  ...failOver,
  name: 'a sale that is lost with the primary, and sent again',
  plans: [again],
  timing: quick,
};

/**
 * Scenarios beyond plain delivery: twins, doubts, operators, accounts, and a server that goes back in time.
 */
export const eventfulScenarios: readonly Scenario[] = [
  manyTries,
  unclearProvider,
  lateLists,
  rejectedSale,
  correctedSales,
  neighbours,
  otherMerchantId,
  otherAddress,
  awayForAWhile,
  failOver,
  failOverOfTwo,
  failOverAndRepeat,
];
