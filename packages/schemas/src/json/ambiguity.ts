/** Flaws that the standard parser lets pass although two parsers may read them differently, or not at all. */
export type JsonAmbiguity = 'depth' | 'duplicate-key' | 'number' | 'text';

/** Open object or array; `keys` is `null` for an array. */
type Container = { readonly keys: Set<string> | null };

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\]:,]/gy;
const gap = /(?:[ \t\r\n]|true|false|null)*/y;

/**
 * Returns the first ambiguity of a valid JSON text, `null` for none: nesting deeper than allowed, a key twice
 * in an object, a number that can't keep its digits (except a fraction, which `readLongFractions` keeps one),
 * or a broken text.
 */
export function ambiguityOf(text: string, maxDepth: number): JsonAmbiguity | null {
  for (const flaw of ambiguitiesOf(text, maxDepth)) return flaw;
  return null;
}

/** Checks whether a valid JSON text has a key twice in an object: its readers take one of them or the other. */
export function repeatsKey(text: string): boolean {
  for (const flaw of ambiguitiesOf(text, Number.POSITIVE_INFINITY)) if (flaw === 'duplicate-key') return true;
  return false;
}

function* ambiguitiesOf(text: string, maxDepth: number): Generator<JsonAmbiguity, void> {
  const open: Container[] = [];
  let expectsKey = false;
  for (const found of tokensOf(text)) {
    switch (found[0]) {
      case '{':
      case '[':
        if (open.length === maxDepth) yield 'depth';
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
        if (isBrokenText(found)) yield 'text';
        if (expectsKey && isRepeated(open.at(-1)?.keys, found)) yield 'duplicate-key';
        break;
      default:
        if (losesDigits(found) && !isLongFraction(found)) yield 'number';
    }
  }
}

function* tokensOf(text: string): Generator<string> {
  for (let position = 0; position < text.length; position = token.lastIndex) {
    gap.lastIndex = position;
    gap.exec(text);
    token.lastIndex = gap.lastIndex;
    const found = token.exec(text)?.[0];
    if (found === undefined) return;
    yield found;
  }
}

/** Finds escapes that make no text: half a character, or the character that databases end a text with. */
function isBrokenText(literal: string): boolean {
  if (!literal.includes('\\u')) return false;
  const text: string = JSON.parse(literal);
  return !text.isWellFormed() || text.includes('\0');
}

function isRepeated(keys: Set<string> | null | undefined, literal: string): boolean {
  const key: string = literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
  const repeated = keys?.has(key) ?? false;
  keys?.add(key);
  return repeated;
}

/** Checks whether a double loses digits of a JSON number. Up to 15 digits it never does. */
function losesDigits(literal: string): boolean {
  if (literal.length <= 15 && !/e/i.test(literal)) return false;
  const read = Number(literal);
  return !Number.isFinite(read) || decimalOf(String(read)) !== decimalOf(literal);
}

/** Writes a JSON number as its digits and their power of ten, so that `200`, `200.0` and `2e2` are alike. */
function decimalOf(literal: string): string {
  const [mantissa = '', power = '0'] = literal.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = withoutTrailingZeros(digits);
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${significant}e${exponent}`;
}

/**
 * Removes zeros by hand: the expression `/0+$/` takes quadratic time over a long run of zeros before another
 * digit.
 */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/** Digits that tell all doubles apart; programs without a shortest form print them. */
const writtenDigits = 17;

/** Digits up to which a double tells all decimals apart. */
const exactDigits = 15;

const fractionForm = /^-?\d+\.\d+$/;

/**
 * Checks whether a JSON number is a double in 16 or 17 digits, as PHP and .NET print it:
 * `0.60000000000000009`, `50.100000000000001`. Readers of doubles get that very double, although it has a
 * shorter form.
 */
function isLongFraction(literal: string): boolean {
  if (!fractionForm.test(literal)) return false;
  const digits = significantDigits(literal);
  return digits <= writtenDigits && Number(literal).toPrecision(digits) === literal;
}

/**
 * Parses valid JSON so that no such fraction becomes a decimal of up to 15 digits: one with a short form
 * (`50.1`) is read as a neighbouring double, at most two steps away. So an amount with too many decimals
 * keeps them, wherever it stands, and is judged there.
 */
export function readLongFractions(text: string): unknown {
  const read = (_: string, value: unknown, { source = '' }: { readonly source?: string } = {}) =>
    typeof value === 'number' && losesDigits(source) && isLongFraction(source) ? unshortened(value) : value;
  return JSON.parse(text, read);
}

function unshortened(value: number): number {
  return significantDigits(String(value)) > exactDigits ? value : value * (1 + Number.EPSILON);
}

/** Counts the digits of a decimal from its first nonzero one. */
function significantDigits(decimal: string): number {
  return decimal.replace(/^[-0.]+/, '').replace('.', '').length;
}
