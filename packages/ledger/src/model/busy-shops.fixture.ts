import { correctedSale, oneAccount } from './eventful-scenarios.fixture.js';
import type { Scenario } from './scenario.fixture.js';
import { again, oneProcess, other, refund, roomy, searched, twin } from './scenarios.fixture.js';

/** Scenarios that are too large to be explored, for long random walks. */
export const busyShop: Scenario = {
  ...oneProcess,
  name: 'a busy shop in one process',
  timing: roomy,
  plans: [{ ...again, times: 3 }, { ...refund, times: 2 }, twin, other, { ...correctedSale, times: 2 }],
  provider: { ...searched, asynchronous: true },
  operators: {
    actions: ['resubmit', 'retry', 'drop', 'park', 'find out', 'settle account'],
    times: 6,
    declare: true,
  },
};

export const busyShopThatMoves: Scenario = {
  ...busyShop,
  name: 'a busy shop whose provider moves',
  accounts: [oneAccount, { ...oneAccount, address: 'https://api.freedompay.kz' }],
};

export const busyShopWithAWrongClock: Scenario = {
  ...busyShop,
  name: 'a busy shop whose clock jumps',
  clockJumps: 3,
};

export const busyShopInTwoProcesses: Scenario = {
  ...busyShop,
  name: 'a busy shop in two processes',
  processes: 'two',
};
