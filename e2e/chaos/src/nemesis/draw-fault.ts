import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { Chance, Weighted } from '../generator/chance.js';
import type { Fault } from './fault.js';

/** Draws one fault for a system with so many gateways. */
export type FaultGenerator = (chance: Chance, gateways: number) => Fault;

/** Longer than the lease that gateways take when an attempt may last a second. */
const pastLeaseMs = 19_000;
const hourMs = 3_600_000;

const anyGateway = (chance: Chance, gateways: number) => chance.between(0, gateways - 1);

/** Generators of all faults but kills, weighted. */
export const faultGenerators = {
  troubleProvider: troubleOf({ register: 'receipts.create', mostDelayMs: 800 }),
  killProvider: {
    weight: 2,
    choice: (chance) => ({ kind: 'kill-provider', downMs: chance.between(0, 1_500) }),
  },
  jumpClock: {
    weight: 3,
    choice: (chance, gateways) => ({
      kind: 'jump-clock',
      gateway: anyGateway(chance, gateways),
      byMs: chance.pick([-3 * hourMs, -hourMs, -600_000, 600_000, hourMs, 5 * hourMs]),
      forMs: chance.between(500, 3_000),
    }),
  },
  refuseWrites: {
    weight: 3,
    choice: (chance) => ({
      kind: 'refuse-writes',
      leaveBytes: chance.pick([0, 0, 4_096, 65_536, 300_000]),
      forMs: chance.between(200, 2_500),
    }),
  },
  pauseBriefly: {
    weight: 1,
    choice: (chance, gateways) => ({
      kind: 'pause-gateway',
      gateway: anyGateway(chance, gateways),
      forMs: chance.between(500, 2_500),
    }),
  },
  pausePastLease: {
    weight: 3,
    choice: (chance, gateways) => ({
      kind: 'pause-gateway',
      gateway: anyGateway(chance, gateways),
      forMs: pastLeaseMs + chance.between(0, 2_000),
    }),
  },
  restartDatabase: { weight: 1, choice: () => ({ kind: 'restart-database' }) },
  crashDatabase: { weight: 1, choice: () => ({ kind: 'crash-database' }) },
  breakConnections: { weight: 2, choice: () => ({ kind: 'break-connections' }) },
} as const satisfies Record<string, Weighted<FaultGenerator>>;

/** Draws one kill of a gateway, or two in quick succession where as many are left. */
export function drawKill(chance: Chance, gateways: number, left: number): Fault {
  const gateway = anyGateway(chance, gateways);
  return left > 1 && chance.happens(0.2)
    ? { kind: 'kill-gateway-twice', gateway, againAfterMs: chance.between(1, 1_200) }
    : { kind: 'kill-gateway', gateway, downMs: chance.between(0, 600) };
}

/** Endpoint at which a provider registers, and the longest delay there before processing. */
interface TroubledEndpoint {
  readonly register: FaultRuleInput['endpoint'];
  readonly mostDelayMs: number;
}

/** Returns the generator of temporary trouble of a provider. */
export function troubleOf(endpoint: TroubledEndpoint): Weighted<FaultGenerator> {
  return {
    weight: 6,
    choice: (chance) => ({
      kind: 'trouble-provider',
      rules: drawTrouble(chance, endpoint),
      forMs: chance.between(500, 4_000),
    }),
  };
}

/** Draws temporary fault rules of the provider; delays before processing stay within `settlesWithinMs`. */
function drawTrouble(chance: Chance, { register, mostDelayMs }: TroubledEndpoint): FaultRuleInput[] {
  const probability = chance.between(5, 30) / 100;
  const often = { on: { probability } } as const;
  const faults: readonly [FaultRuleInput['fault'], ...FaultRuleInput['fault'][]] = [
    { kind: 'drop-before' },
    { kind: 'drop-after' },
    { kind: 'delay', ms: chance.between(100, mostDelayMs) },
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
      endpoint: register,
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
