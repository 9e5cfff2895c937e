import type { FaultRuleInput } from '@fiscalkit/sandbox';
import type { Profiles } from '../../generator/profile.js';
import { memoryProfiles, some as someAt } from '../memory-profiles.js';

const register = 'orangedata.register';
const status = 'orangedata.status';

/** Longest delay before processing: with an attempt's time, well within the time to settle. */
const mostDelayMs = 400;

function some(
  probability: number,
  fault: FaultRuleInput['fault'],
  endpoint: FaultRuleInput['endpoint'] = register,
): FaultRuleInput {
  return someAt(probability, fault, endpoint);
}

const signatureRefused = 'Подпись не прошла проверку';

/** Faults of OrangeData on a share of documents, all the time. */
const standingFaults: readonly FaultRuleInput[] = [
  { endpoint: register, on: { every: 10 }, fault: { kind: 'drop-after' } },
  some(0.08, { kind: 'fail', code: 524 }),
  some(0.1, { kind: 'late-mark', forMs: 500 }),
  some(0.03, { kind: 'status', status: 500, when: 'after' }),
  some(0.02, { kind: 'status', status: 503, when: 'after' }),
  some(0.02, { kind: 'status', status: 524, when: 'after' }),
  some(0.02, { kind: 'status', status: 503, retryAfterSeconds: 0 }),
  some(0.01, { kind: 'status', status: 401 }),
  some(0.01, { kind: 'error', code: 400, status: 400, text: signatureRefused }),
  some(0.02, { kind: 'status', status: 500 }, status),
  some(0.01, { kind: 'status', status: 524 }, status),
  some(0.01, { kind: 'garbled' }, status),
];

/** Calls that are processed, and whose answers are lost, or say a fault of the server. */
const silence = onDocuments({ kind: 'drop-after' });
const faulty = onDocuments({ kind: 'status', status: 500, when: 'after' });
const noStatuses: FaultRuleInput = { endpoint: status, fault: { kind: 'status', status: 502 } };

function onDocuments(fault: FaultRuleInput['fault']): FaultRuleInput[] {
  return [
    { endpoint: register, fault },
    { endpoint: status, fault },
  ];
}

/** Returns the profiles for a provider that remembers for so long. */
export function orangedataProfiles(memoryMs: number): Profiles {
  return memoryProfiles({
    register,
    mostDelayMs,
    memoryMs,
    standingFaults,
    outages: [silence, [noStatuses], faulty],
  });
}
