import { setImmediate as turn } from 'node:timers/promises';
import type { PaymentRecord, UnreadableLine } from '@fiscalkit/ledger';
import { FiscalError } from '@fiscalkit/schemas';
import { parse } from 'csv-parse/sync';

/** How a file of payments is written: a table with a header, or one JSON object a line. */
export const paymentFormats = ['csv', 'jsonl'] as const;
export type PaymentFormat = (typeof paymentFormats)[number];

/** Formats by the content type of a body. */
export const paymentTypes: Readonly<Record<string, PaymentFormat>> = {
  'text/csv': 'csv',
  'application/x-ndjson': 'jsonl',
};

type Line = PaymentRecord | UnreadableLine;

/** Longest line in bytes. */
const longestLine = 65_536;

/** Lines that are parsed together. */
const portion = 500;

const columns = ['payment_id', 'kind', 'amount', 'time', 'currency'] as const;
const required = ['payment_id', 'amount', 'time'] as const;

/**
 * Reads payments line by line; one that can't be read is told with its number, and the others are still read.
 * Throws a `FiscalError` with code `payments.columns` for a table without the columns, `payments.format` for
 * a file that is no such lines.
 */
export async function* readPaymentLines(
  bytes: AsyncIterable<Uint8Array>,
  format: PaymentFormat,
): AsyncGenerator<Line, void, undefined> {
  const lines = linesOf(bytes);
  yield* format === 'csv' ? readTable(lines) : readObjects(lines);
}

interface TextLine {
  readonly line: number;
  /** `null` for one that is too long or not in UTF-8. */
  readonly text: string | null;
}

async function* readObjects(lines: AsyncIterable<TextLine>): AsyncGenerator<Line, void, undefined> {
  let isFirst = true;
  for await (const { line, text } of lines) {
    if (text?.trim() === '') continue;
    if (isFirst && text?.trimStart().startsWith('['))
      throw fault('payments.format', 'The file is a JSON array; it must have one JSON object a line.');
    isFirst = false;
    yield readObject(line, text);
  }
}

function readObject(line: number, text: string | null): Line {
  if (text === null) return { line, unreadable: tooLongOrNoText };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return recordOf({ ...value }, line);
  } catch {
    // The parser's words may quote the line.
  }
  return { line, unreadable: 'The line is not a JSON object.' };
}

async function* readTable(lines: AsyncIterable<TextLine>): AsyncGenerator<Line, void, undefined> {
  let head: TableHead | null = null;
  let gathered: TextLine[] = [];
  for await (const each of lines) {
    if (each.text?.trim() === '') continue;
    if (head === null) head = headOf(each);
    else gathered.push(each);
    if (head === null || gathered.length < portion) continue;
    yield* readRows(head, gathered);
    gathered = [];
  }
  if (head === null) throw fault('payments.columns', `The file is empty; ${neededColumns}`);
  yield* readRows(head, gathered);
}

interface TableHead {
  readonly delimiter: string;
  readonly names: readonly string[];
}

const neededColumns = `its first line must name the columns ${required.join(', ')}, and may name kind and currency.`;

function headOf({ text }: TextLine): TableHead {
  if (text === null || text.includes('\0'))
    throw fault('payments.columns', `The first line is not in UTF-8, or is too long; ${neededColumns}`);
  const heads = [',', ';', '\t'].map((delimiter) => {
    const [row = []] = parseRows([text], delimiter) ?? [];
    return { delimiter, names: row.map((name) => name.trim().toLowerCase()) };
  });
  const head = heads.find(({ names }) => required.every((name) => names.includes(name)));
  if (head === undefined) throw fault('payments.columns', `The file has no such columns; ${neededColumns}`);
  const twice = columns.find((name) => head.names.indexOf(name) !== head.names.lastIndexOf(name));
  if (twice === undefined) return head;
  throw fault('payments.columns', `The first line must name the column ${twice} once.`);
}

/** Reads rows together, and one by one where a quote that does not close would take others along. */
function* readRows({ delimiter, names }: TableHead, lines: readonly TextLine[]): Generator<Line> {
  const texts = lines.map(({ text }) => text);
  const together = texts.every((text) => text !== null) ? parseRows(texts, delimiter) : null;
  for (const [index, { line, text }] of lines.entries()) {
    const row = together?.[index] ?? (text === null ? null : parseRows([text], delimiter)?.[0]);
    if (text === null) yield { line, unreadable: tooLongOrNoText };
    else if (row == null) yield { line, unreadable: 'The line is not a row of a table: look at its quotes.' };
    else if (row.length !== names.length)
      yield { line, unreadable: `The line has ${row.length} columns, where the first has ${names.length}.` };
    else yield recordOf(Object.fromEntries(names.map((name, column) => [name, row[column]])), line);
  }
}

/** Returns the rows, one of each line; `null` where they are not. */
function parseRows(lines: readonly string[], delimiter: string): string[][] | null {
  try {
    const rows: string[][] = parse(lines.join('\n'), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      trim: true,
    });
    return rows.length === lines.length ? rows : null;
  } catch {
    return null;
  }
}

/** Leaves out what is empty: a cell that is not filled in. */
function recordOf(given: Readonly<Record<string, unknown>>, line: number): PaymentRecord {
  const [paymentId, kind, amount, time, currency] = columns.map((name) =>
    given[name] === '' || given[name] === null ? undefined : given[name],
  );
  // Checked where it is compared.
  return { paymentId, kind, amount, time, currency, line } as PaymentRecord;
}

const tooLongOrNoText = `The line is longer than ${longestLine} bytes, or not in UTF-8.`;
const newline = 0x0a;

type Decoder = InstanceType<typeof TextDecoder>;

/** Splits bytes into lines; a byte order mark and carriage returns are left out. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest: Uint8Array[] = [];
  let length = 0;
  let line = 0;
  const take = (last: Uint8Array): TextLine => {
    line += 1;
    const whole = length === 0 ? last : Buffer.concat([...rest, last]);
    const isTooLong = length + last.length > longestLine;
    rest = [];
    length = 0;
    return { line, text: isTooLong ? null : decoded(decoder, whole) };
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
      // What is there already is read without a turn of the event loop, and others wait for one.
      if (line % portion === 0) await turn();
    }
    length += chunk.length - start;
    // What is too long is not kept, only counted.
    if (length <= longestLine) rest.push(chunk.subarray(start));
    else rest = [];
  }
  if (length > 0) yield take(new Uint8Array());
}

function decoded(decoder: Decoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes).replace(/\r$/, '');
  } catch {
    return null;
  }
}

function fault(code: string, message: string): FiscalError {
  return new FiscalError({ code, message, retryable: false });
}
