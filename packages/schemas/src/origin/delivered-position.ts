import { countryOf } from '../enumerations/countries.js';
import type { PaymentMethod, PaymentObject } from '../enumerations/positions.js';
import type { VatCode } from '../enumerations/vat-codes.js';
import type { Receipt } from '../receipt/receipt.js';
import { registerDay } from '../time/register-time.js';
import { calculatedVatCodes, mayBeUsedOn, replacedVatCodes, vatRateOf } from '../vat/vat-rates.js';

const plainVatCodes = new Map(
  Object.entries({ ...calculatedVatCodes, vat_12: 'vat_112' }).map(([plain, calculated]) => [
    calculated,
    plain as VatCode,
  ]),
);

/**
 * Returns the rate of a delivery: the plain form of a calculated one, or of any the one that has replaced it
 * by the day, counted on the register's calendar. Prepaid at 20/120 in 2025 and delivered in 2026: 22 %
 * (letter AB-4-20/11248@ of the tax service).
 */
export function deliveredVat(code: VatCode, receipt: Receipt, now: Date): VatCode {
  const { receipt_format: format } = receipt;
  const plain = plainVatCodes.get(code) ?? code;
  const replaced = replacedVatCodes[plain];
  const rate = vatRateOf(countryOf(format), plain);
  if (replaced === undefined || rate === undefined || mayBeUsedOn(rate, registerDay(now, format)))
    return plain;
  return replaced;
}

/** Checks whether two codes take the same part out of an amount: a rate and its calculated form do. */
export function isSameRate(code: VatCode, delivered: VatCode): boolean {
  return (plainVatCodes.get(code) ?? code) === delivered;
}

const markedObjects: Readonly<Partial<Record<PaymentObject, PaymentObject>>> = {
  goods: 'marked',
  non_marked: 'marked',
  excise_goods: 'marked_excise',
  non_marked_excise: 'marked_excise',
};

/** Returns the payment object of goods that have a mark code. */
export function markedObject(object: PaymentObject): PaymentObject {
  return markedObjects[object] ?? object;
}

/** Sums of a delivered position, in minor units. */
export interface DeliveredSums {
  readonly sumMinor: number;
  readonly prepaidMinor: number;
  /** What the whole receipt owes, and what of it was not prepaid. */
  readonly owedMinor: number;
  readonly restMinor: number;
}

/**
 * Returns how a delivered position is paid for (tag 1214): in full unless it is among those that something
 * stays owed for; then in part, or not at all where nothing of the receipt's rest is paid.
 */
export function deliveredMethod({
  sumMinor,
  prepaidMinor,
  owedMinor,
  restMinor,
}: DeliveredSums): PaymentMethod {
  if (owedMinor === 0 || prepaidMinor >= sumMinor) return 'full_payment';
  return prepaidMinor === 0 && owedMinor === restMinor ? 'credit' : 'partial_payment';
}
