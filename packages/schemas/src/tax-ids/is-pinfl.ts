/** Whether the text is an Uzbek personal number (PINFL): 14 digits. */
export function isPinfl(text: string): boolean {
  return /^\d{14}$/.test(text);
}
