declare global {
  interface JSON {
    /** What `JSON.stringify` prints as the text says; the compiler does not know the function yet. */
    rawJSON(text: string): object;
  }
}

/** A number that is printed with all of its digits, however large it is. */
export function rawNumber(digits: string): object {
  return JSON.rawJSON(digits);
}
