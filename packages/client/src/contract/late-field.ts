/**
 * Field that has to be right at the moment of sending, such as the time of a register that compares clocks.
 * The frozen body has a placeholder for it; everything else of the body is the same in every attempt.
 */
export interface LateField {
  /** Path in the body, for people: `$.time`. */
  readonly path: string;
  /**
   * Text that stands in every frozen body exactly once, such as `"time":"0000-00-00 00:00:00"`: with quotes
   * around it, no text of a document can contain it.
   */
  readonly placeholder: string;
  /** Returns what is sent in its place, as long as the placeholder in UTF-8. */
  readonly valueAt: (now: Date) => string;
}

/**
 * Returns the bytes to send now: the frozen ones, with every late field in its place. Throws a `TypeError`
 * where a placeholder is missing or not the only one, or a value has another length: then nothing may be sent.
 */
export function withLateFields(body: Uint8Array, fields: readonly LateField[], now: Date): Uint8Array {
  const sent = Buffer.from(body);
  for (const field of fields) {
    const value = Buffer.from(field.valueAt(now));
    const { begin, end } = placeOf(field, body);
    if (value.length !== end - begin) throw new TypeError(`The value of ${field.path} has another length.`);
    value.copy(sent, begin);
  }
  return sent;
}

/** Returns the bytes without the late fields: they are equal in all attempts. */
export function withoutLateFields(
  sent: Uint8Array,
  body: Uint8Array,
  fields: readonly LateField[],
): Uint8Array {
  const rest = Buffer.from(sent);
  for (const field of fields) {
    const { begin, end } = placeOf(field, body);
    rest.fill(0, begin, end);
  }
  return rest;
}

function placeOf({ path, placeholder }: LateField, body: Uint8Array): { begin: number; end: number } {
  const frozen = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const begin = frozen.indexOf(placeholder);
  if (begin === -1 || frozen.includes(placeholder, begin + 1)) {
    throw new TypeError(`The frozen body does not have exactly one place for ${path}.`);
  }
  return { begin, end: begin + Buffer.byteLength(placeholder) };
}
