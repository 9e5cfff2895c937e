import { type DeliveryPolicy, defaultDeliveryPolicy } from '../entry/retry-policy.js';

const evenly = { baseMs: 1, factor: 1, capMs: 1, jitter: 0 };

/** Every delay is a millisecond, so that it makes no difference how often something failed before. */
export const evenPolicy: DeliveryPolicy = {
  ...defaultDeliveryPolicy,
  retry: evenly,
  poll: evenly,
  firstFindMs: 1,
  advice: { leastMs: 1, mostMs: 1 },
};
