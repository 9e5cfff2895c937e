import { accountMutations } from './account-mutations.fixture.js';
import { deliveryMutations } from './delivery-mutations.fixture.js';
import { doubtMutations } from './doubt-mutations.fixture.js';
import type { Mutation } from './mutation.fixture.js';
import { saleMutations } from './sale-mutations.fixture.js';
import { timelineMutations } from './timeline-mutations.fixture.js';
import { twinMutations } from './twin-mutations.fixture.js';
import { windowMutations } from './window-mutations.fixture.js';

/** All mutations, each of which the search must detect. */
export const mutations: readonly Mutation[] = [
  ...deliveryMutations,
  ...twinMutations,
  ...doubtMutations,
  ...saleMutations,
  ...accountMutations,
  ...timelineMutations,
  ...windowMutations,
];
