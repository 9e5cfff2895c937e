import type { Answer } from '../http/answer.js';
import type { Call } from '../http/call.js';
import { errorAnswer } from '../http/error-answer.js';
import { authenticate } from './authenticate.js';
import type { FreedompayParts } from './freedompay-parts.js';
import { printReceipt } from './print-receipt.js';

/** Shows one receipt of the merchant's own. */
export function getReceipt(call: Call, parts: FreedompayParts): Answer {
  const caller = authenticate(call, parts.merchants);
  if (!caller.ok) return caller.answer;
  const record = parts.records.receipts.get(call.id ?? '');
  if (record?.merchantId !== caller.merchant.id) {
    return errorAnswer(404, 'receipt.not-found', 'there is no such receipt');
  }
  return { status: 200, body: { data: printReceipt(record, parts.clock()) } };
}
