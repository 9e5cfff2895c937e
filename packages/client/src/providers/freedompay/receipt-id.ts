/** Whether a text can be a receipt id, and so a part of a path: letters, digits, `-`, `_`, 128 at most. */
export function isReceiptId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,128}$/.test(text);
}
