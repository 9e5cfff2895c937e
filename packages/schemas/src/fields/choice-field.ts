import { z } from 'zod';
import { type PaymentObject, paymentObjects, takenPaymentObjects } from '../enumerations/positions.js';
import { structural } from '../schema/issue-codes.js';

/** One of the names of an enumeration. */
export function choiceField<Name extends string>(enumeration: Readonly<Record<Name, unknown>>) {
  return z.enum(namesOf(enumeration), structural);
}

const taken = new Map<string, PaymentObject>(Object.entries(takenPaymentObjects));

/** What is sold, goods under marking included: by the names of the field, in which the names that we made up before come out too. */
export const paymentObjectField = z.codec(
  z.enum([...namesOf(paymentObjects), ...namesOf(takenPaymentObjects)], structural),
  z.enum(namesOf(paymentObjects)),
  { decode: (name) => taken.get(name) ?? (name as PaymentObject), encode: (name) => name },
);

/** The names of an enumeration, in their order. */
export function namesOf<Name extends string>(enumeration: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(enumeration) as Name[];
}
