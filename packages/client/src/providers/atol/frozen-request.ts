import { amountToNumber, parseAmount } from '@fiscalkit/schemas';
import { readJson } from '../../transport/read-json.js';
import { tokensIn } from '../../verdicts/without-secrets.js';
import { type AtolOperation, correctionOperations, operations } from './enumerations.js';

const knownOperations: readonly AtolOperation[] = [
  ...Object.values(operations),
  ...Object.values(correctionOperations),
];

const utf8 = new TextEncoder();
const newline = 0x0a;

/** Content of a frozen request. */
export interface FrozenDocument {
  /** Last part of the path. */
  readonly operation: AtolOperation;
  /** Bytes to send. */
  readonly body: Uint8Array;
}

/**
 * Freezes a request. ATOL has the operation in the path and not in the document, so it is frozen before the
 * document, on a line of its own; what follows is sent byte for byte.
 */
export function writeFrozen(operation: AtolOperation, document: object): Uint8Array {
  return utf8.encode(`${operation}\n${JSON.stringify(document)}`);
}

/** Parses a frozen request. Throws unless it is one of `writeFrozen`. */
export function readFrozen(bytes: Uint8Array): FrozenDocument {
  const end = bytes.indexOf(newline);
  const word = new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)));
  const operation = knownOperations.find((each) => each === word);
  if (operation === undefined) throw new TypeError('This is not a frozen request of ATOL Online.');
  return { operation, body: bytes.subarray(end + 1) };
}

/** Returns what ATOL may quote and nobody may read: the token in the address of the document's callbacks. */
export function secretsOf({ body }: FrozenDocument): string[] {
  const { service } = readJson(body) as { readonly service?: { readonly callback_url?: string } };
  return tokensIn(service?.callback_url);
}

/** A frozen body, as far as its total goes: a correction of v4 says only how it was paid. */
interface FrozenBody {
  readonly receipt?: { readonly total: number };
  readonly correction?: { readonly total?: number; readonly payments: readonly { readonly sum: number }[] };
}

/** Returns the total of a frozen receipt or correction in roubles. */
export function totalOf({ body }: FrozenDocument): number {
  const { receipt, correction } = readJson(body) as FrozenBody;
  if (correction === undefined) return receipt?.total ?? Number.NaN;
  const paid = correction.payments.reduce((minor, { sum }) => minor + parseAmount(sum), 0);
  return correction.total ?? amountToNumber(paid);
}
