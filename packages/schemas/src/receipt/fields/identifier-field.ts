import { z } from 'zod';
import { structural } from '../../rules/structural.js';
import { textField } from './text-field.js';

const wholeNumber = z.number().int().nonnegative();

/** An id that callers send as text or as whole number, and that is text from here on. */
export function identifierField(maximumLength: number) {
  const text = z.string().meta({ minLength: 1, maxLength: maximumLength });
  return z.codec(z.union([wholeNumber, text], structural), textField(maximumLength), {
    decode: String,
    encode: (identifier) => identifier,
  });
}
