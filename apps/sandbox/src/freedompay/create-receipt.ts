import { checkReceipt, type Receipt } from '@fiscalkit/schemas';
import type { ProcessingPlan } from '../faults/fault-plan.js';
import { type Answer, errorAnswer } from '../http/answer.js';
import type { Call } from '../http/route.js';
import { receiptState } from '../records/record.js';
import { isOfReceipt } from '../writing/writing-way.js';
import { faultsAnswer, receiptData } from './answers.js';
import { authenticate } from './authenticate.js';
import { decideOutcome } from './decide-outcome.js';
import type { FreedompayDependencies } from './dependencies.js';

/**
 * Registers a receipt. Two equal requests create two receipts, as the provider documents no idempotency key;
 * with `refuse-repeats` the second is refused.
 */
export function createReceipt(
  call: Call,
  { outcome: fault, writing: requested }: ProcessingPlan,
  dependencies: FreedompayDependencies,
): Answer {
  const caller = authenticate(call, dependencies.merchants);
  if (!caller.ok) return caller.answer;
  const { merchant } = caller;
  const now = dependencies.clock();
  const check = checkReceipt(call.document, {
    now,
    company: merchant.company,
    receiptMethod: 'separately',
    merchantId: merchant.id,
  });
  if (!check.ok) return faultsAnswer(check.faults);
  const { customer: _buyer, ...receipt } = check.receipt;
  const writing = [...new Set([...dependencies.writing, ...requested])];
  if (writing.includes('refuse-repeats') && hasEqualReceipt(receipt, merchant.id, dependencies)) {
    return errorAnswer(422, 'receipt.exists', 'a receipt of this payment exists');
  }
  const createdAt = now.getTime();
  const record = {
    kind: 'receipt',
    receiptId: dependencies.createId(),
    merchantId: merchant.id,
    receipt,
    writing: writing.filter(isOfReceipt),
    createdAt,
    outcome: decideOutcome({ receipt, createdAt, fault }, dependencies),
  } as const;
  dependencies.records.register(record);
  dependencies.kept.add('receipts.create', check.receipt);
  return { status: 200, body: { data: receiptData(record, now) } };
}

/** Returns whether the merchant has an equal receipt that is not rejected. */
function hasEqualReceipt(
  receipt: Omit<Receipt, 'customer'>,
  merchantId: string,
  { records, clock }: FreedompayDependencies,
): boolean {
  const content = JSON.stringify(receipt);
  const now = clock();
  return records.receipts
    .list(receipt.payment_id)
    .some(
      (record) =>
        record.merchantId === merchantId &&
        receiptState(record, now) !== 'rejected' &&
        JSON.stringify(record.receipt) === content,
    );
}
