import { formatWireTime, type Receipt } from '@fiscalkit/schemas';
import type { DocumentIdentity, RegistrationDocument } from '../../contract/provider.js';
import { atolChoices } from './choices.js';
import { operations } from './enumerations.js';
import { writeFrozen } from './frozen-request.js';
import { receiptOfV4 } from './receipt-v4.js';
import { receiptOfV5 } from './receipt-v5.js';
import { refuse } from './refuse.js';
import { type AtolSettings, isCallbackUrl } from './settings.js';

/** Settings that show in a document. */
export type DocumentSettings = Pick<AtolSettings, 'version' | 'callbackUrl' | 'internet' | 'ismOptional'>;

/**
 * Converts a receipt into the bytes of its registration, under our reference as the external id. Throws a
 * `FiscalError` with `provider.unsupported` and the path of a field that ATOL has no place for.
 */
export function freezeReceipt(
  { operation, document }: RegistrationDocument,
  { reference, businessTime, callbackUrl: ownUrl }: DocumentIdentity,
  settings: DocumentSettings,
): Uint8Array {
  if (operation !== 'receipt') refuse('$', 'ATOL registers receipts only.');
  const receipt = document as unknown as Receipt;
  const name = operations[receipt.operation_type];
  if (name === undefined) refuse('$.operation_type', 'ATOL does not know this operation.');
  const { version, ismOptional } = settings;
  // A callback is only a hint: without one, the document is asked for at its usual times.
  const callbackUrl = settings.callbackUrl ?? (isCallbackUrl(ownUrl) ? ownUrl : undefined);
  return writeFrozen(name, {
    external_id: reference,
    timestamp: formatWireTime(businessTime, atolChoices.utcOffsetHours),
    ...(version === 'v5' && ismOptional && { ism_optional: true }),
    receipt: mapped(receipt, settings),
    ...(callbackUrl !== undefined && { service: { callback_url: callbackUrl } }),
  });
}

function mapped(receipt: Receipt, { version, internet }: DocumentSettings): object {
  if (version === 'v4' && receipt.receipt_format === 'ru_1_05') return receiptOfV4(receipt, internet);
  if (version === 'v5' && receipt.receipt_format === 'ru_1_2') return receiptOfV5(receipt, internet);
  const format = version === 'v4' ? 'ru_1_05 (FFD 1.05)' : 'ru_1_2 (FFD 1.2)';
  return refuse('$.receipt_format', `ATOL's protocol ${version} takes receipts in the format ${format}.`);
}
