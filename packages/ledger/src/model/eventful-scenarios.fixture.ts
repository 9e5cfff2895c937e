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

/** Each key is another try of the client, which never meant a second receipt. */
export const manyTries: Scenario = {
  ...saleAndRefund,
  name: 'a sale that the client hands in under another key each time, and once without',
  processes: 'one',
  workers: 1,
  plans: [sale, { ...sale, name: 'second try', key: 'try-2' }, { ...sale, name: 'keyless try', key: null }],
  without: ['makeDueNow', 'die', 'claim unheard', 'hand in untold', 'turn away', 'lose answer'],
};

/** What a search can't see, or can't tell, is no absence. */
export const unclearProvider: Scenario = {
  ...slowProvider,
  name: 'a sale at a provider that writes unclearly',
  timing: quick,
  manners: { writesUnclearly: true },
  people: { acts: ['find out', 'park', 'retry'], times: 1 },
  without: ['makeDueNow', 'claim unheard', 'turn away', 'hand in untold'],
};

export const lateLists: Scenario = {
  ...slowProvider,
  name: 'a sale at a provider that lists late and refuses repeats',
  timing: quick,
  manners: { listsLate: true, refusesRepeats: true },
  people: { acts: ['park', 'retry'], times: 2 },
  processes: 'one',
  workers: 1,
  without: ['makeDueNow', 'claim unheard', 'hand in untold'],
};

export const oneAccount = { merchantId: '542088', address: 'https://api.freedompay.uz' };

/** Two shops of one company. */
export const neighbours: Scenario = {
  ...equalSales,
  name: 'two merchants with equal sales of one payment on one account',
  plans: [sale, { ...sale, name: 'sale of the neighbour', merchant: 'neighbour' }],
  without: ['makeDueNow', 'claim unheard', 'hand in untold', 'die', 'turn away'],
};

export const otherMerchantId: Scenario = {
  ...slowProvider,
  name: 'a sale while the account becomes another, in one process after the other',
  timing: quick,
  accounts: [oneAccount, { ...oneAccount, merchantId: '700000' }],
  people: { acts: ['find out', 'settle account'], times: 1 },
  without: ['makeDueNow', 'claim unheard', 'hand in untold'],
};

export const otherAddress: Scenario = {
  ...otherMerchantId,
  name: 'a sale while the provider moves, in one process after the other',
  accounts: [oneAccount, { ...oneAccount, address: 'https://api.freedompay.kz' }],
};

/** What is known of earlier attempts must outlast a while in which the account is not configured. */
export const awayForAWhile: Scenario = {
  ...lateLists,
  name: 'a sale at a provider that lists late, whose account is away from the configuration for a while',
  processes: 'one',
  workers: 1,
  accounts: [oneAccount, { ...oneAccount, merchantId: '700000' }, oneAccount],
  people: { acts: ['settle account'], times: 1 },
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
  name: 'a rejected sale that people hand in again, and its refund',
  processes: 'one',
  workers: 1,
  people: { acts: ['resubmit', 'drop', 'retry'], times: 2 },
  without: ['makeDueNow', 'claim unheard', 'hand in untold', 'die', 'turn away'],
};

export const correctedSales: Scenario = {
  ...rejectedSale,
  name: 'a rejected sale, its correction and its refund',
  plans: [sale, refund, correctedSale],
  people: { acts: ['resubmit'], times: 1 },
};

export const failOver: Scenario = {
  ...repeatedSale,
  name: 'a sale while a standby that lags takes the place of the primary',
  plans: [sale],
  standby: 'one worker',
  without: ['makeDueNow', 'claim unheard', 'die', 'reject', 'hand in untold', 'turn away', 'lose answer'],
};

export const failOverOfTwo: Scenario = {
  ...failOver,
  name: 'a sale that two workers send while a standby lags, which takes the place of the primary',
  timing: quick,
  standby: 'two workers',
};

export const failOverAndRepeat: Scenario = {
  ...failOver,
  name: 'a sale that is lost with the primary, and handed in again',
  plans: [again],
  timing: quick,
};

/** The worlds in which more happens than that documents are delivered: twins, doubts, people, accounts, and a server that goes back in time. */
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
