import {
  type CheckReceiptOptions,
  type Correction,
  type CorrectionInput,
  checkCorrection,
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

/** Checks a correction that is to be sent. Throws `correction.invalid` with its faults. */
export function checkedCorrection(input: CorrectionInput, options: CheckReceiptOptions): Correction {
  const check = checkCorrection(input, options);
  if (check.ok) return check.correction;
  throw new FiscalError({
    code: 'correction.invalid',
    message: 'The correction has faults; nothing was sent.',
    retryable: false,
    faults: check.faults,
  });
}
