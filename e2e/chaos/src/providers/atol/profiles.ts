import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { Weighted } from '../../generator/chance.js';
import type { Profiles } from '../../generator/profile.js';
import { type FaultGenerator, faultGenerators, troubleOf } from '../../nemesis/draw-fault.js';

const register = 'atol.register';

/** Longest delay before processing: less than the margin between the queue's time and the time to settle. */
const mostDelayMs = 400;

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

/** Returns a rule that applies to a share of calls. */
function some(
  probability: number,
  fault: FaultRuleInput['fault'],
  endpoint: FaultRuleInput['endpoint'] = register,
): FaultRuleInput {
  return { endpoint, on: { probability }, fault };
}

/** Codes of the driver after which the storage may have the receipt. */
const lostWithReceipt = [2, 104, 116] as const;
const lostWithout = [5, 165, 241] as const;

/** Faults of ATOL on a share of documents, all the time. */
const standingFaults: readonly FaultRuleInput[] = [
  { endpoint: register, on: { every: 10 }, fault: { kind: 'drop-after' } },
  some(0.06, { kind: 'fail', type: 'timeout', code: 1, text: 'Переданный чек не был обработан' }),
  some(0.01, { kind: 'fail', type: 'timeout', code: -1 }),
  ...[36, 40, 421].map((code) => some(0.02, { kind: 'fail', type: 'driver', code })),
  ...lostWithReceipt.map((code) => some(0.005, { kind: 'fail', type: 'driver', code, registered: true })),
  ...lostWithout.map((code) => some(0.005, { kind: 'fail', type: 'driver', code })),
  some(0.03, { kind: 'error', type: 'system', code: 50, status: 500, when: 'after' }),
  some(0.01, { kind: 'error', type: 'system', code: 1, status: 400, when: 'after' }),
  some(0.01, { kind: 'error', type: 'unknown', code: 0, status: 400, when: 'after' }),
  some(0.02, { kind: 'error', type: 'system', code: 11, status: 401 }),
  some(0.01, { kind: 'error', type: 'system', code: 11, status: 401 }, 'atol.report'),
  some(0.02, { kind: 'error', type: 'system', code: 50, status: 500 }, 'atol.report'),
  some(0.01, { kind: 'garbled' }, 'atol.report'),
  some(0.05, { kind: 'drop-after' }, 'atol.get_token'),
  ...callbacks(),
];

/** Callbacks that are not sent, sent twice, late, before the answer, of another document, and forged. */
function callbacks(): FaultRuleInput[] {
  return [
    some(0.1, { kind: 'callback', manner: 'never' }),
    some(0.1, { kind: 'callback', manner: 'twice' }),
    some(0.1, { kind: 'callback', manner: 'late', byMs: 3_000 }),
    some(0.1, { kind: 'callback', manner: 'early' }),
    some(0.05, { kind: 'callback', manner: 'of-another' }),
    some(0.05, { kind: 'callback', manner: 'forged' }),
  ];
}

const writing: readonly FaultRuleInput[] = (
  ['cp866', 'cp866-blank', 'cp866-drop', 'yo', 'upper', 'lower', 'cut', 'html'] as const
).map((way) => some(0.15, { kind: 'write', as: [way] }));

/** Calls that are processed, and whose answers are lost, or say a fault of the server. Log-ins go well. */
const silence = onDocuments({ kind: 'drop-after' });
const code50 = onDocuments({ kind: 'error', type: 'system', code: 50, status: 500, when: 'after' });
const noReports: FaultRuleInput = { endpoint: 'atol.report', fault: { kind: 'status', status: 502 } };

function onDocuments(fault: FaultRuleInput['fault']): FaultRuleInput[] {
  return [
    { endpoint: register, fault },
    { endpoint: 'atol.report', fault },
  ];
}

/** Returns the profiles for a provider that remembers for so long. */
export function atolProfiles(memoryMs: number): Profiles {
  const outage =
    (rules: readonly FaultRuleInput[] | null): FaultGenerator =>
    (chance, gateways) => ({
      kind: 'outage',
      rules,
      forMs: Math.round(memoryMs * pastMemory),
      gateway: chance.between(0, gateways - 1),
    });
  const outages = [outage(null), outage(silence), outage([noReports]), outage(code50)];
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
    /** What ATOL does wrong, and an outage, with few faults of others: a run of a minute. */
    short: { besidesKills: [trouble, killProvider], perKill: 0.2, writing, standingFaults, outages },
    /** One answer in three is lost, and then all of them until the first ones are forgotten. */
    'long-silence': {
      besidesKills: [trouble],
      perKill: 0.2,
      writing: [],
      standingFaults: [{ endpoint: register, on: { every: 3 }, fault: { kind: 'drop-after' } }],
      outages: [outage(silence)],
    },
    /** One document in five fails although it has a receipt, one in five certainly without. */
    'lost-connections': {
      besidesKills: [trouble],
      perKill: 0.2,
      writing: [],
      standingFaults: [
        some(0.2, { kind: 'fail', type: 'driver', code: 104, registered: true }),
        some(0.2, { kind: 'fail', type: 'driver', code: 36 }),
      ],
    },
  };
}
