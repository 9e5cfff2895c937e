import { readJson } from '../../transport/read-json.js';
import { tokensIn } from '../../verdicts/without-secrets.js';

/** Paths under which documents of a kind are registered and asked for. */
export const documentKinds = ['documents', 'corrections', 'correction12'] as const;

export type DocumentKind = (typeof documentKinds)[number];

const utf8 = new TextEncoder();
const newline = 0x0a;

/** Content of a frozen request. */
export interface FrozenDocument {
  /** Path of its kind. */
  readonly kind: DocumentKind;
  /** Bytes to sign and to send. */
  readonly body: Uint8Array;
}

/**
 * Freezes a request. OrangeData has the kind of a document in the path and not in the document, so it is frozen
 * before the document, on a line of its own; what follows is signed and sent byte for byte.
 */
export function writeFrozen(kind: DocumentKind, document: object): Uint8Array {
  return utf8.encode(`${kind}\n${JSON.stringify(document)}`);
}

/** Parses a frozen request. Throws unless it is one of `writeFrozen`. */
export function readFrozen(bytes: Uint8Array): FrozenDocument {
  const end = bytes.indexOf(newline);
  const word = new TextDecoder().decode(bytes.subarray(0, Math.max(end, 0)));
  const kind = documentKinds.find((each) => each === word);
  if (kind === undefined) throw new TypeError('This is not a frozen request of OrangeData.');
  return { kind, body: bytes.subarray(end + 1) };
}

/** Returns what OrangeData may quote and nobody may read: the token in the address of the document's callbacks. */
export function secretsOf({ body }: FrozenDocument): string[] {
  return tokensIn((readJson(body) as { readonly callbackUrl?: string }).callbackUrl);
}

/** Returns the content of a frozen document. */
export function contentOf({ body }: FrozenDocument): Readonly<Record<string, unknown>> {
  return (readJson(body) as { readonly content: Readonly<Record<string, unknown>> }).content;
}
