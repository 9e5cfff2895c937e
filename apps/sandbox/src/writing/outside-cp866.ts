/** All signs of the code page that cash registers keep texts in. */
const signs = new Set(
  new TextDecoder('ibm866').decode(Uint8Array.from({ length: 224 }, (_, index) => index + 32)),
);

/** A text in which something else stands for each sign that the code page 866 lacks. */
export function outsideCp866(text: string, substitute: string): string {
  return [...text].map((sign) => (signs.has(sign) ? sign : substitute)).join('');
}
