import { z } from 'zod';
import { structural } from '../../schema/issue-codes.js';
import { namesOf } from '../enumerations/names-of.js';

/** One of the names of an enumeration. */
export function choiceField<Name extends string>(enumeration: Readonly<Record<Name, unknown>>) {
  return z.enum(namesOf(enumeration), structural);
}
