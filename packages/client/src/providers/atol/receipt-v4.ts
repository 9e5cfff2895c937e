import type { Receipt } from '@fiscalkit/schemas';
import { measureTexts } from '../../documents/measure-texts.js';
import { paymentObjectTexts } from './enumerations.js';
import { commonItem, itemsOf, receiptAround } from './receipt-parts.js';
import { fromTable } from './refuse.js';

type ReceiptOfV4 = Extract<Receipt, { receipt_format: 'ru_1_05' }>;

/** Returns the `receipt` of v4 (FFD 1.05). */
export function receiptOfV4({ positions, ...receipt }: ReceiptOfV4, internet?: boolean): object {
  return receiptAround(receipt, { version: 'v4', internet, items: itemsOf(positions, itemOf) });
}

function itemOf(
  { measure, payment_object, ...position }: ReceiptOfV4['positions'][number],
  path: string,
): object {
  return {
    ...commonItem(position, path),
    measurement_unit: fromTable(measureTexts, measure, `${path}.measure`),
    payment_object: fromTable(paymentObjectTexts, payment_object, `${path}.payment_object`),
  };
}
