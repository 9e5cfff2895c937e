const [space, quote, backslash] = [0x20, 0x22, 0x5c];
const [firstSurrogate, lastSurrogate] = [0xd800, 0xdfff];

/** Writes a text as JSON does. Most texts need quotes around them and nothing else, which is found out faster than done blindly. */
export function quoted(text: string): string {
  return isPlain(text) ? `"${text}"` : JSON.stringify(text);
}

/** Half characters are written as escapes, and whole ones of two halves are rare. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < space || unit === quote || unit === backslash) return false;
    if (unit >= firstSurrogate && unit <= lastSurrogate) return false;
  }
  return true;
}
