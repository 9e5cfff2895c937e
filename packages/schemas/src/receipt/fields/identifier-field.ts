import { z } from 'zod';
import { structural } from '../../schema/issue-codes.js';
import { lengthCheck } from './length-check.js';
import { textField } from './text-field.js';

const wholeNumber = z.number().int().nonnegative();

/** An id that callers send as text or as whole number, and that is text from here on. */
export function identifierField(maximumLength: number) {
  const text = z
    .string()
    .check(lengthCheck({ maximumLength, code: 'field.length' }))
    .meta({ minLength: 1, maxLength: maximumLength });
  return z.codec(z.union([wholeNumber, textField(maximumLength)], structural), text, {
    decode: String,
    encode: (identifier) => identifier,
  });
}
