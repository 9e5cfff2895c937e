const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];
const [minus, slash, zero, nine] = [0x2d, 0x2f, 0x30, 0x39];
const [upperE, lowerE, upperD, lowerD, lowerU] = [0x45, 0x65, 0x44, 0x64, 0x75];

/** Every double tells so many characters of a number apart, sign and point included, when there is no exponent. */
const plainNumberLength = 15;

/**
 * Counts the members of all objects as they are written, in bytes that are known to be JSON: each has one colon. `null` where a
 * closer look is due: nesting deeper than allowed, a number that is long or has an exponent, an escape that may stand for half a
 * character or for U+0000.
 */
export function writtenMembers(bytes: Uint8Array, maxDepth: number): number | null {
  let members = 0;
  let depth = 0;
  for (let position = 0; position < bytes.length; position += 1) {
    const byte = bytes[position];
    if (byte === quote) {
      position = endOfText(bytes, position + 1);
      if (position < 0) return null;
    } else if (byte === colon) {
      members += 1;
    } else if (byte === openObject || byte === openList) {
      depth += 1;
      if (depth > maxDepth) return null;
    } else if (byte === closeObject || byte === closeList) {
      depth -= 1;
    } else if (belongsToNumber(byte)) {
      const length = lengthOfNumber(bytes, position);
      if (length > plainNumberLength) return null;
      position += length - 1;
    }
  }
  return members;
}

/** Where the text that begins here is closed; -1 where an escape needs a closer look. */
function endOfText(bytes: Uint8Array, start: number): number {
  let position = start;
  for (let byte = bytes[position]; byte !== quote; byte = bytes[position]) {
    if (byte === undefined) return -1;
    if (byte === backslash) {
      position += 1;
      if (bytes[position] === lowerU && isDoubtfulEscape(bytes, position + 1)) return -1;
    }
    position += 1;
  }
  return position;
}

/** Half a character is written `\ud800` to `\udfff`, the end of a text `\u0000`: so are a few sound ones. */
function isDoubtfulEscape(bytes: Uint8Array, position: number): boolean {
  const first = bytes[position];
  return first === lowerD || first === upperD || (first === zero && bytes[position + 1] === zero);
}

/** `Infinity` for a number with an exponent. */
function lengthOfNumber(bytes: Uint8Array, start: number): number {
  let end = start + 1;
  while (belongsToNumber(bytes[end])) end += 1;
  return bytes[end] === lowerE || bytes[end] === upperE ? Number.POSITIVE_INFINITY : end - start;
}

/** Digits, minus and point; a plus stands behind an exponent alone. */
function belongsToNumber(byte: number | undefined): boolean {
  return byte !== undefined && byte >= minus && byte <= nine && byte !== slash;
}
