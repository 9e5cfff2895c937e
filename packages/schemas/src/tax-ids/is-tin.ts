/** Whether the text is an Uzbek tax id of a company (TIN): 9 digits. */
export function isTin(text: string): boolean {
  return /^\d{9}$/.test(text);
}
