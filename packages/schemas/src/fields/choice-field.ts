import { z } from 'zod';
import { type PaymentObject, paymentObjects, takenPaymentObjects } from '../enumerations/positions.js';
import { structural } from '../schema/issue-codes.js';

/** Builds a field with one of the names of an enumeration. */
export function choiceField<Name extends string>(enumeration: Readonly<Record<Name, unknown>>) {
  return z.enum(namesOf(enumeration), structural);
}

const taken = new Map<string, PaymentObject>(Object.entries(takenPaymentObjects));

/**
 * Subject of a position, goods under marking included. Our former names are read too and come out as the
 * names of the field.
 */
export const paymentObjectField = z.codec(
  z.enum([...namesOf(paymentObjects), ...namesOf(takenPaymentObjects)], structural),
  z.enum(namesOf(paymentObjects)),
  { decode: (name) => taken.get(name) ?? (name as PaymentObject), encode: (name) => name },
);

/** Returns the names of an enumeration, in their order. */
export function namesOf<Name extends string>(enumeration: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(enumeration) as Name[];
}
