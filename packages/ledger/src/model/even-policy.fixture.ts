import { type DeliveryPolicy, defaultDeliveryPolicy } from '../entry/retry-policy.js';

const evenly = { baseMs: 1, factor: 1, capMs: 1, jitter: 0 };

/** A policy whose delays are all a millisecond, so that earlier failures make no difference. */
export const evenPolicy: DeliveryPolicy = {
  ...defaultDeliveryPolicy,
  retry: evenly,
  poll: evenly,
  firstFindMs: 1,
  advice: { leastMs: 1, mostMs: 1 },
};
