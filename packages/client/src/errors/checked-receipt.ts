import {
  type CheckReceiptOptions,
  checkReceipt,
  FiscalError,
  type Receipt,
  type ReceiptInput,
} from '@fiscalkit/schemas';

/** Checks a receipt that is to be sent. Throws `receipt.invalid` with its faults. */
export function checkedReceipt(input: ReceiptInput, options: CheckReceiptOptions): Receipt {
  const check = checkReceipt(input, options);
  if (check.ok) return check.receipt;
  throw new FiscalError({
    code: 'receipt.invalid',
    message: 'The receipt has faults; nothing was sent.',
    retryable: false,
    faults: check.faults,
  });
}
