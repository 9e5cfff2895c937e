import type { Answered } from '../../transport/outcome.js';
import { readJson } from '../../transport/read-json.js';
import { isReceiptId } from './receipt-id.js';

const mostDepth = 5;
const named = /^receipt[_-]?id$/i;
const plainlyNamed = /^(?:id|uuid)$/i;
const written = /"receipt[_-]?id"\s*:\s*(?:"([^"\\]{1,128})"|(\d{1,40}))/gi;

/**
 * Returns the receipt ids in the answer to a success, which may be unreadable otherwise; each once. A
 * `receipt_id` goes before the address of what was created, before an `id`, before values without a name.
 */
export function idsInAnswer(answer: Answered): string[] {
  const named = idsNamedIn(answer);
  if (named.length > 0) return named;
  const body = readJson(answer.body);
  const document = documentIn(body);
  const inner = documentIn(document);
  const parts = [document, inner, body].map((part) =>
    distinct(idsUnder(part, plainlyNamed, Array.isArray(part) ? 2 : 1)),
  );
  return parts.find((ids) => ids.length > 0) ?? distinct([body, document, inner].flatMap(bareId));
}

/** Returns the ids named as a receipt's in an answer of any kind: in its body, or in its `Location`. */
export function idsNamedIn({ body, headers }: Answered): string[] {
  const answer = readJson(body);
  const ids = distinct(answer === undefined ? idsInText(body) : idsUnder(answer, named, mostDepth));
  return ids.length > 0 ? ids : distinct([headers.location ?? []].flat().flatMap(idInAddress));
}

function idInAddress(address: string): string[] {
  const [, id] = /\/receipts?\/([A-Za-z0-9_-]{1,128})\/?(?:[?#].*)?$/.exec(address) ?? [];
  return id === undefined ? [] : [id];
}

/** Returns a text in the place of a document, unless it is a word. */
function bareId(value: unknown): string[] {
  const text = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof text === 'string' && /\d/.test(text) && isReceiptId(text.trim()) ? [text] : [];
}

/** Returns the ids in an unreadable answer: in another encoding, or cut, they are plain characters. */
function idsInText(body: Uint8Array): string[] {
  const text = Buffer.from(body).toString('latin1');
  return Array.from(text.matchAll(written), ([, inQuotes, digits]) => inQuotes ?? digits ?? '');
}

/** Returns the ids nearest to the top: deeper ones belong to parts of the document. */
function idsUnder(value: unknown, name: RegExp, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  const members = Object.entries(value);
  const here = members.flatMap(([key, member]) => (name.test(key) ? idOf(member) : []));
  return here.length > 0 ? here : members.flatMap(([, member]) => idsUnder(member, name, depth - 1));
}

function idOf(value: unknown): string[] {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? [] : [text];
}

function documentIn(answer: unknown): unknown {
  const { data, receipt, result } = Object(answer);
  return receipt ?? data ?? result;
}

function distinct(ids: readonly string[]): string[] {
  return Array.from(new Set(ids.map((id) => id.trim()).filter((id) => id !== '')));
}
