import { FiscalError } from '@fiscalkit/schemas';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function refuse(code: string, message: string, cause?: unknown): never {
  throw new FiscalError({ code, message, retryable: false, cause });
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    return refuse('body.encoding', 'The body is not valid UTF-8.', cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold buyer data.
    return refuse('body.json.invalid', 'The body is not valid JSON.');
  }
}

/** A JSON number as its digits and the power of ten they stand for, so that `200`, `200.0` and `2e2` are alike. */
function decimalOf(literal: string): string {
  const [mantissa = '', power = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${significant}e${exponent}`;
}

/** Whether a JSON number can't be read as what was sent. Up to 15 digits a double always can. */
function losesDigits(literal: string): boolean {
  if (literal.length <= 15 && !/e/i.test(literal)) return false;
  const read = Number(literal);
  return !Number.isFinite(read) || decimalOf(String(read)) !== decimalOf(literal);
}

/** One opened object or array; `keys` is `null` for an array. */
type Container = { readonly keys: Set<string> | null };

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\]:,]/gy;
const gap = /(?:[ \t\r\n]|true|false|null)*/y;

/**
 * Walks a text that is known to be JSON, and refuses what the standard parser lets pass: deep nesting, an object that names a
 * key twice, and a number with more digits than it can be read with.
 */
function inspect(text: string, maxDepth: number): void {
  const open: Container[] = [];
  let expectsKey = false;
  token.lastIndex = 0;
  for (let position = 0; position < text.length; position = token.lastIndex) {
    gap.lastIndex = position;
    gap.exec(text);
    token.lastIndex = gap.lastIndex;
    const found = token.exec(text)?.[0];
    if (found === undefined) return;
    switch (found[0]) {
      case '{':
      case '[':
        if (open.length === maxDepth) {
          refuse('body.json.depth', `The body is nested deeper than ${maxDepth} levels.`);
        }
        open.push({ keys: found === '{' ? new Set() : null });
        expectsKey = found === '{';
        break;
      case '}':
      case ']':
        open.pop();
        expectsKey = false;
        break;
      case ',':
        expectsKey = open.at(-1)?.keys != null;
        break;
      case ':':
        expectsKey = false;
        break;
      case '"':
        refuseBrokenText(found);
        if (expectsKey) rememberKey(open.at(-1)?.keys, found);
        break;
      default:
        if (losesDigits(found)) {
          refuse('body.json.number', 'The body has a number that can not be read exactly as it was sent.');
        }
    }
  }
}

/** Escapes can write what is no text: half a character, or the character that databases end a text with. */
function refuseBrokenText(literal: string): void {
  if (!literal.includes('\\u')) return;
  const text: string = JSON.parse(literal);
  if (!text.isWellFormed() || text.includes('\0')) {
    refuse('body.json.text', 'The body has a text with half a character or the character U+0000.');
  }
}

function rememberKey(keys: Set<string> | null | undefined, literal: string): void {
  const key: string = literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
  if (keys?.has(key)) refuse('body.json.duplicate-key', 'An object of the body names a key twice.');
  keys?.add(key);
}

/**
 * Reads a JSON body of a request. Throws a `FiscalError` with code `body.missing`, `body.encoding`, `body.json.invalid`,
 * `body.json.depth`, `body.json.duplicate-key`, `body.json.number` or `body.json.text`: a document that two parsers could read differently
 * must not become a receipt.
 */
export function parseStrictJson(bytes: Uint8Array | undefined, maxDepth: number): unknown {
  if (bytes === undefined || bytes.length === 0) refuse('body.missing', 'The request has no body.');
  const text = decode(bytes);
  const value = parse(text);
  inspect(text, maxDepth);
  return value;
}
