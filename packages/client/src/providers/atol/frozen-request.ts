import { readJson } from '../../transport/read-json.js';
import { type AtolOperation, operations } from './enumerations.js';

const utf8 = new TextEncoder();
const newline = 0x0a;

/** Content of a frozen request. */
export interface FrozenReceipt {
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
export function readFrozen(bytes: Uint8Array): FrozenReceipt {
  const end = bytes.indexOf(newline);
  const word = new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)));
  const operation = Object.values(operations).find((each) => each === word);
  if (operation === undefined) throw new TypeError('This is not a frozen request of ATOL Online.');
  return { operation, body: bytes.subarray(end + 1) };
}

/** Returns the total of a frozen receipt in roubles. */
export function totalOf({ body }: FrozenReceipt): number {
  const { receipt } = readJson(body) as { readonly receipt: { readonly total: number } };
  return receipt.total;
}
