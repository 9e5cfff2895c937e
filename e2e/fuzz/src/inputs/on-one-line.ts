/** A text without what would end the line that it stands in, and make another request of the rest. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\0\r\n]/g, '');
}
