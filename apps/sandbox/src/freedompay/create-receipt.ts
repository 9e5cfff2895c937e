import { checkReceipt } from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { authenticate } from './authenticate.js';
import { decideFate } from './decide-fate.js';
import { faultsAnswer } from './faults-answer.js';
import type { FreedompayParts } from './freedompay-parts.js';
import { printReceipt } from './print-receipt.js';

/** Takes a receipt. Two equal requests make two receipts: the provider documents no key to tell a repeat by. */
export function createReceipt(call: Call, outcome: OutcomeFault | null, parts: FreedompayParts): Answer {
  const caller = authenticate(call, parts.merchants);
  if (!caller.ok) return caller.answer;
  const { merchant } = caller;
  const now = parts.clock();
  const check = checkReceipt(call.document, {
    now,
    company: merchant.company,
    receiptMethod: 'separately',
    merchantId: merchant.id,
  });
  if (!check.ok) return faultsAnswer(check.faults);
  const { customer: _buyer, ...receipt } = check.receipt;
  const createdAt = now.getTime();
  const record = {
    kind: 'receipt',
    receiptId: parts.createId(),
    merchantId: merchant.id,
    receipt,
    createdAt,
    fate: decideFate({ receipt, createdAt, outcome }, parts),
  } as const;
  parts.records.register(record);
  return { status: 200, body: { data: printReceipt(record, now) } };
}
