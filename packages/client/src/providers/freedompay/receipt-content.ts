import {
  type Measure,
  measures,
  multiplyAmount,
  type OperationType,
  operationTypes,
  type PaymentMethod,
  type PaymentObject,
  parseAmount,
  parseQuantity,
  paymentMethods,
  paymentObjects,
  type ReceiptFormat,
  type SettlementType,
  settlementTypes,
  type VatCode,
  vatCodes,
} from '@fiscalkit/schemas';
import { readJson } from '../../transport/read-json.js';
import { foldWord } from './fold-word.js';
import type { ShownReceipt } from './read-receipt.js';

/** Subject of a receipt. */
export interface ReceiptSubject {
  readonly paymentId: string;
  readonly operationType: string;
}

/** Position, amounts in minor units and the quantity in thousandths; `null` if missing or unknown. */
export interface PositionContent {
  readonly name: string | null;
  readonly quantity: number | null;
  readonly price: number | null;
  readonly sum: number | null;
  readonly vat_code: VatCode | null;
  readonly payment_method: PaymentMethod | null;
  readonly payment_object: PaymentObject | null;
  readonly measure: Measure | null;
}

export interface SettlementContent {
  readonly type: SettlementType | null;
  readonly sum: number | null;
}

/** Facts of a receipt that both sides show, and that tell one of a payment from another. */
export interface ReceiptContent {
  readonly merchantId: string | null;
  /** Tax number of the merchant. */
  readonly inn: string | null;
  readonly paymentId: string | null;
  readonly operation: OperationType | null;
  readonly format: ReceiptFormat | null;
  readonly total: number | null;
  readonly positions: readonly PositionContent[];
  readonly settlements: readonly SettlementContent[];
  readonly email: string | null;
  readonly phone: string | null;
}

/** Content of a request, which always names its payment. */
export interface RequestContent extends ReceiptContent {
  readonly paymentId: string;
}

type Decimal = number | string;
type FrozenPosition = {
  readonly name: string;
  readonly quantity: Decimal;
  readonly price: Decimal;
  readonly vat_code?: string;
  readonly payment_method?: string;
  readonly payment_object?: string;
  readonly measure?: string;
};
type FrozenReceipt = {
  readonly receipt_format?: string;
  readonly merchant_id: number | string;
  readonly company?: { readonly inn?: string };
  readonly payment_id: number | string;
  readonly operation_type: string;
  readonly positions: readonly FrozenPosition[];
  readonly settlements?: readonly { readonly type: string; readonly sum: Decimal }[];
  readonly customer?: { readonly email?: string; readonly phone?: string };
};

const formats: Readonly<Record<ReceiptFormat, true>> = { ru_1_05: true, ru_1_2: true, uz_1_0: true };

/** Returns the subject of a frozen request. Throws if the bytes are not those of `freezeReceipt`. */
export function subjectOfRequest(body: Uint8Array): ReceiptSubject {
  const { payment_id, operation_type } = readJson(body) as FrozenReceipt;
  return { paymentId: String(payment_id), operationType: operation_type };
}

/** Returns the content of a frozen request. Throws if the bytes are not those of `freezeReceipt`. */
export function contentOfRequest(body: Uint8Array): RequestContent {
  const receipt = readJson(body) as FrozenReceipt;
  const positions = receipt.positions.map(frozenPosition);
  return {
    merchantId: String(receipt.merchant_id),
    inn: receipt.company?.inn ?? null,
    paymentId: String(receipt.payment_id),
    operation: foldWord(receipt.operation_type, operationTypes),
    format: foldWord(receipt.receipt_format, formats),
    total: positions.reduce((total, { sum }) => total + sum, 0),
    positions,
    settlements: (receipt.settlements ?? []).map(({ type, sum }) => ({
      type: foldWord(type, settlementTypes),
      sum: parseAmount(sum),
    })),
    email: foldedEmail(receipt.customer?.email),
    phone: foldedPhone(receipt.customer?.phone),
  };
}

function frozenPosition(position: FrozenPosition): PositionContent & { readonly sum: number } {
  const quantity = parseQuantity(position.quantity);
  const price = parseAmount(position.price);
  return { ...wordsOf(position), name: position.name, quantity, price, sum: multiplyAmount(price, quantity) };
}

/** Returns the content of a receipt as far as the provider shows it. */
export function contentOfReceipt(receipt: ShownReceipt): ReceiptContent {
  return {
    merchantId: wholly(receipt.merchant_id),
    inn: wholly(receipt.company?.inn),
    paymentId: receipt.payment_id,
    operation: foldWord(receipt.operation_type, operationTypes),
    format: foldWord(receipt.receipt_format, formats),
    total: readable(receipt.total, parseAmount),
    positions: receipt.positions.map((position) => ({
      ...wordsOf(position),
      name: position.name,
      quantity: readable(position.quantity, parseQuantity),
      price: readable(position.price, parseAmount),
      sum: readable(position.sum, parseAmount),
    })),
    settlements: receipt.settlements.map(({ type, sum }) => ({
      type: foldWord(type, settlementTypes),
      sum: readable(sum, parseAmount),
    })),
    email: foldedEmail(receipt.customer?.email),
    phone: foldedPhone(receipt.customer?.phone),
  };
}

type Words = {
  readonly [Field in 'vat_code' | 'payment_method' | 'payment_object' | 'measure']?: string | null;
};

function wordsOf({ vat_code, payment_method, payment_object, measure }: Words) {
  return {
    vat_code: foldWord(vat_code, vatCodes),
    payment_method: foldWord(payment_method, paymentMethods),
    payment_object: foldWord(payment_object, paymentObjects),
    measure: foldWord(measure, measures),
  };
}

function readable(value: number | null, parse: (value: number) => number): number | null {
  try {
    return value === null ? null : parse(value);
  } catch {
    return null;
  }
}

/** Returns a text that is shown whole; a part counts as missing. */
function wholly(text: string | null | undefined): string | null {
  return text == null || text.includes('*') ? null : text;
}

/** Folds an e-mail address; one shown in part, `b***@example.com`, counts as missing. */
function foldedEmail(email: string | null | undefined): string | null {
  return email == null || email.includes('*') ? null : email.trim().toLowerCase();
}

function foldedPhone(phone: string | null | undefined): string | null {
  return phone == null || /[*xх]/i.test(phone) ? null : phone.replaceAll(/\D/g, '');
}
