import { countryOf, type Receipt } from '@fiscalkit/schemas';
import type { OutcomeFault } from '../faults/fault.js';
import type { ReceiptFate } from '../records/receipt-record.js';
import { createMark } from './create-mark.js';
import type { FreedompayParts } from './freedompay-parts.js';
import { linkOf } from './link-of.js';

interface TakenReceipt {
  readonly receipt: Receipt;
  readonly createdAt: number;
  readonly outcome: OutcomeFault | null;
}

/** Settles at once what will become of a receipt, so that time alone brings it about. */
export function decideFate(
  { receipt, createdAt, outcome }: TakenReceipt,
  parts: FreedompayParts,
): ReceiptFate {
  const at = createdAt + parts.registrationDelayMs;
  switch (outcome?.kind) {
    case 'stay-pending':
      return outcome.forMs === undefined
        ? { kind: 'stays-pending' }
        : registers(receipt, createdAt + outcome.forMs, parts);
    case 'reject': {
      const { code = 'sandbox.fault.reject', message = 'a fault rule asked for a rejection' } = outcome;
      return { kind: 'is-rejected', at, code, message };
    }
    // A fault of confirmations, which never strikes a receipt.
    case 'confirm-as':
    case undefined:
      return registers(receipt, at, parts);
  }
}

function registers(receipt: Receipt, at: number, parts: FreedompayParts): ReceiptFate {
  const country = countryOf(receipt.receipt_format);
  const documentNumber = parts.records.receipts.nextDocumentNumber(country);
  const mark = createMark({ country, documentNumber, at, seed: parts.seed });
  return { kind: 'registers', at, mark, link: linkOf(mark, receipt), fiscalProviderId: parts.createId() };
}
