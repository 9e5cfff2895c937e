import {
  canonicalJson,
  checkClosingRequest,
  checkConfirmation,
  checkCorrection,
  checkCorrectionListQuery,
  checkImportRequest,
  checkReceipt,
  checkReceiptListQuery,
  checkRefundRequest,
  type Fault,
  isFiscalError,
  parseWireTime,
  type Wallet,
  wallets,
} from '@fiscalkit/schemas';
import { exampleDay } from '@fiscalkit/schemas/documents';
import type { ExpectedFault } from './example.js';

interface Verdict {
  readonly ok?: boolean;
  readonly faults?: readonly Fault[];
  readonly warnings?: readonly Fault[];
}

/** Id of the merchant that sends the examples. */
export const exampleMerchant = '542088';

const walletNames = Object.keys(wallets) as Wallet[];

const checks: Readonly<Record<string, (value: unknown) => Verdict>> = {
  receipt: (value) => checkReceipt(value, { now: exampleDay, merchantId: exampleMerchant }),
  correction: (value) => checkCorrection(value, { now: exampleDay, merchantId: exampleMerchant }),
  'correction-list-query': checkCorrectionListQuery,
  'receipt-list-query': checkReceiptListQuery,
  'refund-request': checkRefundRequest,
  'closing-request': checkClosingRequest,
  'import-request': checkImport,
  ...Object.fromEntries(
    walletNames.map((wallet) => [
      `confirmation-${wallet}`,
      (value: unknown) => checkConfirmation(wallet, value),
    ]),
  ),
  time: (value) => thrownBy(() => parseWireTime(String(value), 5)),
  json: (value) => thrownBy(() => canonicalJson(value)),
};

/** Checks an import as the gateway does: the receipt in it by its own rules, at its place in the request. */
function checkImport(value: unknown): Verdict {
  const checked = checkImportRequest(value);
  if (!checked.ok) return checked;
  const { faults = [], warnings = [] }: Verdict = checkReceipt(checked.request.receipt, {
    now: exampleDay,
    merchantId: exampleMerchant,
  });
  const within = (fault: Fault) => ({ ...fault, path: `$.receipt${fault.path.slice(1)}` });
  return { faults: faults.map(within), warnings: warnings.map(within) };
}

/** Returns the faults that our own checks find in a document: structure and rules. */
export function faultsOf(document: string, value: unknown): ExpectedFault[] {
  return placesOf(checks[document]?.(value).faults);
}

/** Returns the warnings of our own checks about a document. */
export function warningsOf(document: string, value: unknown): ExpectedFault[] {
  return placesOf(checks[document]?.(value).warnings);
}

function placesOf(faults: readonly Fault[] = []): ExpectedFault[] {
  return faults.map(({ code, path }) => ({ code, path }));
}

function thrownBy(read: () => unknown): Verdict {
  try {
    read();
    return {};
  } catch (error) {
    if (!isFiscalError(error)) throw error;
    return { faults: [{ code: error.code, path: '$', message: error.message, severity: 'fault' }] };
  }
}
