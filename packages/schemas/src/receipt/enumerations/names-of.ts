/** The names of an enumeration, in their order. */
export function namesOf<Name extends string>(enumeration: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(enumeration) as Name[];
}
