import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { Chance } from './chance.js';

/**
 * Draws what goes wrong at the provider for a while, besides what always does. A delay before processing stays within the time in which the
 * gateways are told that the provider settles a request.
 */
export function drawTrouble(chance: Chance): FaultRuleInput[] {
  const probability = chance.between(5, 30) / 100;
  const often = { on: { probability } } as const;
  const faults: readonly [FaultRuleInput['fault'], ...FaultRuleInput['fault'][]] = [
    { kind: 'drop-before' },
    { kind: 'drop-after' },
    { kind: 'delay', ms: chance.between(100, 800) },
    { kind: 'delay', ms: chance.between(500, 1_500), when: 'after' },
    { kind: 'status', status: 500 },
    { kind: 'status', status: 502, when: 'after' },
    { kind: 'status', status: 503 },
    { kind: 'status', status: 503, retryAfterSeconds: 1 },
    { kind: 'status', status: 429, retryAfterSeconds: 0 },
    { kind: 'garbled' },
    { kind: 'slow-body', bytesPerSecond: 200 },
    { kind: 'endless-body' },
  ];
  const trouble: FaultRuleInput[] = [{ endpoint: '*', ...often, fault: chance.pick(faults) }];
  if (chance.happens(0.3)) {
    trouble.push({
      endpoint: 'receipts.create',
      ...often,
      fault: { kind: 'stay-pending', forMs: chance.between(500, 5_000) },
    });
  }
  if (chance.happens(0.2)) {
    const forMs = chance.between(200, 1_500);
    trouble.push({ endpoint: '*', on: { call: chance.between(1, 20) }, fault: { kind: 'refuse', forMs } });
  }
  return trouble;
}
