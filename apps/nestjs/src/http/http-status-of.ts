import type { FiscalError } from '@fiscalkit/schemas';

/** Statuses of error codes, in the gateway too; a code that is not listed takes the status of its first part. */
const statuses: Readonly<Record<string, number>> = {
  account: 409,
  amount: 422,
  confirmation: 409,
  entry: 409,
  field: 422,
  idempotency: 400,
  intervention: 422,
  ledger: 503,
  link: 422,
  lists: 503,
  merchant: 422,
  provider: 502,
  quantity: 422,
  query: 400,
  receipt: 422,
  'confirmation.invalid': 422,
  'entry.not-found': 404,
  'idempotency.conflict': 409,
  'ledger.transactions-unsupported': 500,
  'lists.busy': 429,
  'module.not-open': 503,
  'payment.busy': 503,
  'provider.unsupported': 422,
  'receipt.not-found': 404,
  'receipt.twin': 409,
};

/** The HTTP status that says what the error is to a caller; 500 for what no caller can do anything about. */
export function httpStatusOf({ code }: Pick<FiscalError, 'code'>): number {
  return statuses[code] ?? statuses[code.slice(0, code.indexOf('.'))] ?? 500;
}
