import type { Answered } from '../../transport/outcome.js';
import { readJson } from '../../transport/read-json.js';
import { isReceiptId } from './receipt-id.js';

const mostDepth = 5;
const named = /^receipt[_-]?id$/i;
const plainlyNamed = /^(?:id|uuid)$/i;
const written = /"receipt[_-]?id"\s*:\s*(?:"([^"\\]{1,128})"|(\d{1,40}))/gi;

/**
 * Ids of receipts that stand anywhere in the answer to a success, of which the rest may be unreadable; each once. What is called
 * `receipt_id` goes before the address of what was made, before what is only called `id`, and before what has no name at all.
 */
export function idsInAnswer(answer: Answered): string[] {
  const told = idsNamedIn(answer);
  if (told.length > 0) return told;
  const body = readJson(answer.body);
  const document = documentIn(body);
  const inner = documentIn(document);
  const parts = [document, inner, body].map((part) =>
    distinct(idsUnder(part, plainlyNamed, Array.isArray(part) ? 2 : 1)),
  );
  return parts.find((ids) => ids.length > 0) ?? distinct([body, document, inner].flatMap(bareId));
}

/** Ids that are called a receipt's, in an answer that may be of anything: in its body, or in the address that it leads to. */
export function idsNamedIn({ body, headers }: Answered): string[] {
  const answer = readJson(body);
  const ids = distinct(answer === undefined ? idsInText(body) : idsUnder(answer, named, mostDepth));
  return ids.length > 0 ? ids : distinct([headers.location ?? []].flat().flatMap(idInAddress));
}

function idInAddress(address: string): string[] {
  const [, id] = /\/receipts?\/([A-Za-z0-9_-]{1,128})\/?(?:[?#].*)?$/.exec(address) ?? [];
  return id === undefined ? [] : [id];
}

/** A text that stands where a document is expected, and is no word. */
function bareId(value: unknown): string[] {
  const text = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof text === 'string' && /\d/.test(text) && isReceiptId(text.trim()) ? [text] : [];
}

/** An answer in another encoding, or one that is JSON up to a point, still names its receipt in plain characters. */
function idsInText(body: Uint8Array): string[] {
  const text = Buffer.from(body).toString('latin1');
  return Array.from(text.matchAll(written), ([, inQuotes, digits]) => inQuotes ?? digits ?? '');
}

/** The ids that stand nearest to the top: what is deeper belongs to parts of the document. */
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
