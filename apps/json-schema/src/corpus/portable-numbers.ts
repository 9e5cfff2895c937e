/**
 * The document with numbers of 15 digits at most, which every language reads as the same number (RFC 8259, section 6): to one
 * that keeps no more, 101661561362300.98 is an integer.
 */
export function portableNumbers(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document), (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(15)) : value,
  );
}
