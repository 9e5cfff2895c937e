import { multiplyAmount, type ProviderReceipt, parseAmount, parseQuantity } from '@fiscalkit/schemas';
import { readJson } from '../../transport/read-json.js';

/** What a receipt is about. */
export interface ReceiptSubject {
  readonly paymentId: string;
  readonly operationType: string;
}

/** What tells one receipt of a payment from another. */
export interface ReceiptContent extends ReceiptSubject {
  /** Total and positions in one text that equal contents share: amounts in minor units, quantities in thousandths. */
  readonly fingerprint: string;
}

type Decimal = number | string;
type Position = { readonly name: string; readonly quantity: Decimal; readonly price: Decimal };
type FrozenReceipt = {
  readonly payment_id: number | string;
  readonly operation_type: string;
  readonly positions: readonly Position[];
};

/** The subject of a frozen request. Throws when the bytes are not those of `freezeReceipt`. */
export function subjectOfRequest(body: Uint8Array): ReceiptSubject {
  return subjectOf(readJson(body) as FrozenReceipt);
}

/** The content of a frozen request. Throws when the bytes are not those of `freezeReceipt`. */
export function contentOfRequest(body: Uint8Array): ReceiptContent {
  const receipt = readJson(body) as FrozenReceipt;
  const { positions } = receipt;
  const sums = positions.map(({ price, quantity }) =>
    multiplyAmount(parseAmount(price), parseQuantity(quantity)),
  );
  const totalMinor = sums.reduce((total, sum) => total + sum, 0);
  return { ...subjectOf(receipt), fingerprint: fingerprintOf(totalMinor, positions) };
}

function subjectOf({ payment_id, operation_type }: FrozenReceipt): ReceiptSubject {
  return { paymentId: String(payment_id), operationType: operation_type };
}

/** The fingerprint of a receipt that the provider shows; `null` when it does not show enough of it. */
export function fingerprintOfReceipt({ total, positions }: ProviderReceipt): string | null {
  const complete = positions.filter(isComplete);
  if (total === null || complete.length === 0 || complete.length < positions.length) {
    return null;
  }
  try {
    return fingerprintOf(parseAmount(total), complete);
  } catch {
    return null;
  }
}

function isComplete<Shown extends { [Field in keyof Position]: Position[Field] | null }>(
  position: Shown,
): position is Shown & Position {
  return position.name !== null && position.quantity !== null && position.price !== null;
}

function fingerprintOf(totalMinor: number, positions: readonly Position[]): string {
  const lines = positions.map(({ name, quantity, price }) => [
    plainName(name),
    parseQuantity(quantity),
    parseAmount(price),
  ]);
  return JSON.stringify([totalMinor, lines]);
}

/** Names may come back with other blanks or another composition of letters. */
function plainName(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
}
