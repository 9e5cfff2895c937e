import type { z } from 'zod';
import type { Fault } from '../rules/fault.js';
import { faultsOfZod } from '../rules/faults-of-zod.js';
import { isStructural } from './beyond-structure.js';

/**
 * The structural part of a schema: what its published JSON Schema says as well, in the same verdict. Types, required and unknown
 * fields, allowed values, limits of numbers and lists, the form of texts. Left out is what only a rule can say: check digits,
 * decimals of a JSON number, the calendar behind a receipt link, comparisons between fields. No faults: the JSON Schema accepts.
 */
export function structuralFaults(schema: z.ZodType, document: unknown): Fault[] {
  const { error } = schema.safeParse(document);
  return error ? faultsOfZod({ issues: error.issues.filter(isStructural) }) : [];
}
