import type { Correction, Receipt } from '@fiscalkit/schemas';
import type { DocumentIdentity, RegistrationDocument } from '../../contract/provider.js';
import { markedCorrectionOf, plainCorrectionOf } from './correction.js';
import { type DocumentKind, writeFrozen } from './frozen-request.js';
import { markedReceiptOf, plainReceiptOf } from './receipt.js';
import { refuse } from './refuse.js';
import { type DocumentSettings, groupOf, isCallbackUrl } from './settings.js';

/**
 * Converts a receipt or a correction into the bytes of its registration, under our reference as its id. Throws a
 * `FiscalError` with `provider.unsupported` and the path of a field that OrangeData has no place for.
 */
export function freezeDocument(
  { operation, document }: RegistrationDocument,
  { reference, callbackUrl: ownUrl }: DocumentIdentity,
  settings: DocumentSettings,
): Uint8Array {
  const { inn, key = inn, ignoreItemCodeCheck } = settings;
  const { kind, content } = mapped({ operation, document }, settings);
  // A callback is only a hint: without one, the document is asked for at its usual times.
  const callbackUrl = settings.callbackUrl ?? (isCallbackUrl(ownUrl) ? ownUrl : undefined);
  const { payment_id: meta } = document;
  return writeFrozen(kind, {
    id: reference,
    inn,
    group: groupOf(settings),
    key,
    content,
    ...(callbackUrl !== undefined && { callbackUrl }),
    // Shown with the document in the cabinet.
    ...(typeof meta === 'string' && meta !== '' && { meta }),
    ...(ignoreItemCodeCheck && { ignoreItemCodeCheck }),
  });
}

function mapped(
  { operation, document }: RegistrationDocument,
  settings: DocumentSettings,
): { readonly kind: DocumentKind; readonly content: object } {
  const { format } = settings;
  if (operation === 'receipt') {
    const receipt = document as unknown as Receipt;
    if (format === 'ru_1_05' && receipt.receipt_format === 'ru_1_05') {
      return { kind: 'documents', content: plainReceiptOf(receipt, settings) };
    }
    if (format === 'ru_1_2' && receipt.receipt_format === 'ru_1_2') {
      return { kind: 'documents', content: markedReceiptOf(receipt, settings) };
    }
    return refuse('$.receipt_format', `This group of OrangeData takes receipts in the format ${format}.`);
  }
  if (operation !== 'correction') refuse('$', 'OrangeData registers receipts and corrections only.');
  const correction = document as unknown as Correction;
  if (format === 'ru_1_05' && correction.receipt_format === 'ru_1_05') {
    return { kind: 'corrections', content: plainCorrectionOf(correction, settings) };
  }
  if (format === 'ru_1_2' && correction.receipt_format === 'ru_1_2') {
    return { kind: 'correction12', content: markedCorrectionOf(correction, settings) };
  }
  return refuse('$.receipt_format', `This group of OrangeData takes corrections in the format ${format}.`);
}
