import { type Correction, formatWireTime, type Receipt } from '@fiscalkit/schemas';
import type { DocumentIdentity, RegistrationDocument } from '../../contract/provider.js';
import { atolChoices } from './choices.js';
import { correctionOfV4, correctionOfV5 } from './correction.js';
import { correctionOperations, operations } from './enumerations.js';
import { writeFrozen } from './frozen-request.js';
import { receiptOfV4 } from './receipt-v4.js';
import { receiptOfV5 } from './receipt-v5.js';
import { refuse } from './refuse.js';
import { type AtolSettings, isCallbackUrl } from './settings.js';

/** Settings that show in a document. */
export type DocumentSettings = Pick<AtolSettings, 'version' | 'callbackUrl' | 'internet' | 'ismOptional'>;

/**
 * Converts a receipt or a correction into the bytes of its registration, under our reference as the external
 * id. Throws a `FiscalError` with `provider.unsupported` and the path of a field that ATOL has no place for.
 */
export function freezeDocument(
  { operation, document }: RegistrationDocument,
  { reference, businessTime, callbackUrl: ownUrl }: DocumentIdentity,
  settings: DocumentSettings,
): Uint8Array {
  const { version, ismOptional } = settings;
  const { name, content } = mapped({ operation, document }, settings);
  // A callback is only a hint: without one, the document is asked for at its usual times.
  const callbackUrl = settings.callbackUrl ?? (isCallbackUrl(ownUrl) ? ownUrl : undefined);
  return writeFrozen(name, {
    external_id: reference,
    timestamp: formatWireTime(businessTime, atolChoices.utcOffsetHours),
    ...(version === 'v5' && ismOptional && { ism_optional: true }),
    ...content,
    ...(callbackUrl !== undefined && { service: { callback_url: callbackUrl } }),
  });
}

function mapped({ operation, document }: RegistrationDocument, settings: DocumentSettings) {
  if (operation === 'receipt') {
    const receipt = document as unknown as Receipt;
    const name = operations[receipt.operation_type] ?? refuseOperation();
    return { name, content: { receipt: mappedReceipt(receipt, settings) } };
  }
  if (operation !== 'correction') refuse('$', 'ATOL registers receipts and corrections only.');
  const correction = document as unknown as Correction;
  const name = correctionOperations[correction.operation_type] ?? refuseOperation();
  return { name, content: { correction: mappedCorrection(correction, settings) } };
}

function refuseOperation(): never {
  return refuse('$.operation_type', 'ATOL does not know this operation.');
}

function mappedReceipt(receipt: Receipt, { version, internet }: DocumentSettings): object {
  if (version === 'v4' && receipt.receipt_format === 'ru_1_05') return receiptOfV4(receipt, internet);
  if (version === 'v5' && receipt.receipt_format === 'ru_1_2') return receiptOfV5(receipt, internet);
  return refuseFormat('receipts', version);
}

function mappedCorrection(correction: Correction, { version, internet }: DocumentSettings): object {
  if (version === 'v4' && correction.receipt_format === 'ru_1_05')
    return correctionOfV4(correction, internet);
  if (version === 'v5' && correction.receipt_format === 'ru_1_2') return correctionOfV5(correction, internet);
  return refuseFormat('corrections', version);
}

function refuseFormat(what: string, version: AtolSettings['version']): never {
  const format = version === 'v4' ? 'ru_1_05 (FFD 1.05)' : 'ru_1_2 (FFD 1.2)';
  return refuse('$.receipt_format', `ATOL's protocol ${version} takes ${what} in the format ${format}.`);
}
