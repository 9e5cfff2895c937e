import { readJson } from '../../transport/read-json.js';

const mostDepth = 5;
const named = /^receipt[_-]?id$/i;
const plainlyNamed = /^(?:id|uuid)$/i;
const written = /"receipt[_-]?id"\s*:\s*(?:"([^"\\]{1,128})"|(\d{1,40}))/gi;

/**
 * Ids of receipts that stand anywhere in an answer, of which the rest may be unreadable; each once. What is called `receipt_id` goes
 * before what is only called `id`.
 */
export function idsInAnswer(body: Uint8Array): string[] {
  const answer = readJson(body);
  if (answer === undefined) return distinct(idsInText(body));
  const ids = distinct(idsUnder(answer, named, mostDepth));
  return ids.length > 0 ? ids : distinct(idsUnder(documentIn(answer), plainlyNamed, 1));
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
