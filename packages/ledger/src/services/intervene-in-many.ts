import { canonicalJson, type Fault } from '@fiscalkit/schemas';
import { batchActions, entryActions } from '../entry/action-rules.js';
import { sha256Hex } from '../journal/digest.js';
import type { EntryPlace } from '../store/batch-store.js';
import {
  BatchCall,
  type BatchContext,
  type ManyInterventions,
  type ManyInterventionsResult,
} from './batch-call.js';
import { evidenceMissing, interventionInvalid, operatorActionFault, operatorFaults } from './errors.js';
import { idempotencyKey } from './idempotency.js';
import type { Turns } from './turns.js';

/** Entries that a batch acts on at most. */
const mostInBatch = 1_000;

/**
 * Acts on the entries that match, in the order in which they were accepted. Each has its row in the journal, which
 * names the batch, and none is acted on twice by a batch, however often it is called. Throws a `FiscalError` with
 * code `intervention.needs-evidence` for an act that is not possible on many, `intervention.invalid` or
 * `idempotency.key.format`; of `ledger.unavailable`, what was acted on before stays so.
 */
export async function interveneInMany(
  context: BatchContext,
  turns: Turns,
  given: ManyInterventions,
): Promise<ManyInterventionsResult> {
  const action = entryActions.find((each) => each === given.action);
  if (action && !batchActions.some((each) => each === action)) throw evidenceMissing(action);
  const faults = faultsOf(given);
  if (faults.length > 0) throw interventionInvalid(faults);
  const limit = given.limit ?? mostInBatch;
  const after = given.after === undefined ? null : placeOf(given.after);
  const batch = batchOf(given);
  // The call before may still be at work although nobody waits for it any more.
  return turns.take(batch, () => new BatchCall(context, given, { batch, limit, after }).run());
}

function faultsOf({ filter, action, limit = mostInBatch, after, ...given }: ManyInterventions): Fault[] {
  const oneOf = `one of ${batchActions.join(', ')}`;
  const bounds = `a whole number between 1 and ${mostInBatch}`;
  const isNothing = !Object.values(Object(filter)).some((member) => member !== undefined);
  return [
    ...operatorFaults(given),
    ...(batchActions.some((each) => each === action)
      ? []
      : [operatorActionFault('field.value', '$.action', oneOf)]),
    ...(isNothing
      ? [operatorActionFault('field.missing', '$.filter', 'a member, or all for every entry')]
      : []),
    ...(Number.isInteger(limit) && limit >= 1 && limit <= mostInBatch
      ? []
      : [operatorActionFault('field.value', '$.limit', bounds)]),
    ...(after === undefined || placeOf(after)
      ? []
      : [operatorActionFault('field.format', '$.after', 'next of an earlier answer')]),
  ];
}

const placeForm = /^(\d{1,15})-(\d{1,15})$/;

function placeOf(text: string): EntryPlace | null {
  const [, acceptedAt, sequence] = placeForm.exec(text) ?? [];
  if (acceptedAt === undefined || sequence === undefined) return null;
  return { acceptedAt: new Date(Number(acceptedAt)), sequence: Number(sequence) };
}

/**
 * Returns the id of the batch: it follows from who acts, what is done to which entries and why, and the key if there
 * is one, so the same call is of the same batch wherever and whenever it is made.
 */
function batchOf({ by, reason, action, filter, merchants, after, ...given }: ManyInterventions): string {
  const key = idempotencyKey(given.idempotencyKey, '');
  const states = filter?.states && [...new Set(filter.states)].sort();
  const content = { by, reason, action, filter: { ...filter, states }, merchants, after, key };
  // Times as texts, and without members that are undefined.
  const hex = sha256Hex(canonicalJson(JSON.parse(JSON.stringify(content))));
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
