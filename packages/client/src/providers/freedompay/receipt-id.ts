/** Whether a text can be the id of a receipt, and so a part of a path: letters, digits, `-` and `_`, at most 128. */
export function isReceiptId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,128}$/.test(text);
}
