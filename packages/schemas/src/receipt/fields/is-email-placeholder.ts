/**
 * Whether the text stands where a web page that protects e-mail addresses had one. The provider's own sample request carries
 * it, so it passes with a warning; nobody gets a receipt there.
 */
export function isEmailPlaceholder(text: string): boolean {
  return text === '[email\u00a0protected]' || text === '[email protected]';
}
