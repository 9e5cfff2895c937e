import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { Profiles } from '../../generator/profile.js';
import { troubleOf } from '../../nemesis/draw-fault.js';
import { memoryProfiles, some as someAt } from '../memory-profiles.js';

const register = 'atol.register';

/** Longest delay before processing: less than the margin between the queue's time and the time to settle. */
const mostDelayMs = 400;

function some(
  probability: number,
  fault: FaultRuleInput['fault'],
  endpoint: FaultRuleInput['endpoint'] = register,
): FaultRuleInput {
  return someAt(probability, fault, endpoint);
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
  return {
    ...memoryProfiles({
      register,
      mostDelayMs,
      memoryMs,
      standingFaults,
      outages: [silence, [noReports], code50],
    }),
    /** One document in five fails although it has a receipt, one in five certainly without. */
    'lost-connections': {
      besidesKills: [troubleOf({ register, mostDelayMs })],
      perKill: 0.2,
      writing: [],
      standingFaults: [
        some(0.2, { kind: 'fail', type: 'driver', code: 104, registered: true }),
        some(0.2, { kind: 'fail', type: 'driver', code: 36 }),
      ],
    },
  };
}
