import type { Answer } from './answer.js';

/** What is left of the bytes, and how an answer is cut from their front. */
type Cut = { readonly answer: Answer; readonly rest: string } | 'incomplete';

/**
 * Reads the answers that came over one connection, in order. `complete` is false when the last one is cut off, or when bytes
 * come that are no answer.
 */
export function readAnswers(bytes: Buffer): {
  readonly answers: readonly Answer[];
  readonly complete: boolean;
} {
  const answers: Answer[] = [];
  let rest = bytes.toString('latin1');
  while (rest !== '') {
    const cut = cutAnswer(rest);
    if (cut === 'incomplete') return { answers, complete: false };
    answers.push(cut.answer);
    ({ rest } = cut);
  }
  return { answers, complete: true };
}

function cutAnswer(text: string): Cut {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1];
  if (status === undefined) return 'incomplete';
  const headers = new Map(lines.map((line) => headerOf(line)));
  const body = cutBody(text.slice(end + 4), headers);
  if (body === 'incomplete') return body;
  const answer = { status: Number(status), headers, body: Buffer.from(body.text, 'latin1').toString() };
  return { answer, rest: body.rest };
}

function headerOf(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function cutBody(
  text: string,
  headers: ReadonlyMap<string, string>,
): { readonly text: string; readonly rest: string } | 'incomplete' {
  // An answer to HEAD, or one in between, has no body whatever its headers say: the next answer follows at once.
  if (text === '' || text.startsWith('HTTP/1.1 ')) return { text: '', rest: text };
  if (headers.get('transfer-encoding') === 'chunked') return cutChunks(text);
  const length = Number(headers.get('content-length') ?? 0);
  return text.length < length ? 'incomplete' : { text: text.slice(0, length), rest: text.slice(length) };
}

function cutChunks(text: string) {
  let body = '';
  for (let rest = text; ; ) {
    const size = /^([\da-f]+)\r\n/i.exec(rest);
    if (!size) return 'incomplete';
    const length = Number.parseInt(size[1] ?? '', 16);
    const from = size[0].length;
    if (rest.length < from + length + 2) return 'incomplete';
    body += rest.slice(from, from + length);
    rest = rest.slice(from + length + 2);
    if (length === 0) return { text: body, rest };
  }
}
