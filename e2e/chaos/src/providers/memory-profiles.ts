import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { Weighted } from '../generator/chance.js';
import type { Profiles } from '../generator/profile.js';
import { type FaultGenerator, faultGenerators, troubleOf } from '../nemesis/draw-fault.js';

/** Longer than the provider remembers, and than the gateways allow for a repeat. */
const pastMemory = 1.15;

/** Largest jump of a clock: well within the margin at the end of the window, which is a tenth of it. */
export const mostJumpMs = 2_000;

const jumpClock: Weighted<FaultGenerator> = {
  weight: 3,
  choice: (chance, gateways) => ({
    kind: 'jump-clock',
    gateway: chance.between(0, gateways - 1),
    byMs: chance.pick([-mostJumpMs, -500, 500, mostJumpMs]),
    forMs: chance.between(500, 3_000),
  }),
};

/** Faults of a provider that remembers ids for a time, and what its outages look like. */
export interface MemoryFaults {
  /** Endpoint that registers documents. */
  readonly register: FaultRuleInput['endpoint'];
  /** Longest delay before processing. */
  readonly mostDelayMs: number;
  /** Time for which the provider remembers. */
  readonly memoryMs: number;
  /** Faults on a share of documents, all the time. */
  readonly standingFaults: readonly FaultRuleInput[];
  /** Rules of each kind of outage beside the one in which the provider is down; the first loses all answers. */
  readonly outages: readonly [readonly FaultRuleInput[], ...(readonly FaultRuleInput[])[]];
}

/** Returns the profiles that every provider has which remembers ids for a time. */
export function memoryProfiles({
  register,
  mostDelayMs,
  memoryMs,
  standingFaults,
  outages: [silence, ...otherOutages],
}: MemoryFaults) {
  const outage =
    (rules: readonly FaultRuleInput[] | null): FaultGenerator =>
    (chance, gateways) => ({
      kind: 'outage',
      rules,
      forMs: Math.round(memoryMs * pastMemory),
      gateway: chance.between(0, gateways - 1),
    });
  const outages = [outage(null), outage(silence), ...otherOutages.map(outage)];
  const writing = waysOfWriting(register);
  const trouble = troubleOf({ register, mostDelayMs });
  const { killProvider, refuseWrites, pauseBriefly, pausePastLease } = faultGenerators;
  const { restartDatabase, crashDatabase, breakConnections } = faultGenerators;
  return {
    /** All faults of an SQLite ledger. */
    sqlite: {
      besidesKills: [trouble, killProvider, jumpClock, refuseWrites, pauseBriefly],
      perKill: 0.6,
      writing,
      standingFaults,
      outages,
    },
    /** All faults of processes on one PostgreSQL. */
    postgres: {
      besidesKills: [
        trouble,
        killProvider,
        jumpClock,
        refuseWrites,
        pausePastLease,
        restartDatabase,
        crashDatabase,
        breakConnections,
      ],
      perKill: 0.6,
      writing,
      standingFaults,
      outages,
    },
    /** What the provider does wrong, and an outage, with few faults of others: a run of a minute. */
    short: { besidesKills: [trouble, killProvider], perKill: 0.2, writing, standingFaults, outages },
    /** One answer in three is lost, and then all of them until the first ones are forgotten. */
    'long-silence': {
      besidesKills: [trouble],
      perKill: 0.2,
      writing: [],
      standingFaults: [{ endpoint: register, on: { every: 3 }, fault: { kind: 'drop-after' } }],
      outages: [outage(silence)],
    },
  } as const satisfies Profiles;
}

function waysOfWriting(register: FaultRuleInput['endpoint']): FaultRuleInput[] {
  const ways = ['cp866', 'cp866-blank', 'cp866-drop', 'yo', 'upper', 'lower', 'cut', 'html'] as const;
  return ways.map((way) => some(0.15, { kind: 'write', as: [way] }, register));
}

/** Returns a rule that applies to a share of calls. */
export function some(
  probability: number,
  fault: FaultRuleInput['fault'],
  endpoint: FaultRuleInput['endpoint'],
): FaultRuleInput {
  return { endpoint, on: { probability }, fault };
}
