import { errorOf } from '../rules/rules.js';

/** Tells whether a text is a value of a parameter. */
export interface ParameterForm {
  test(text: string): boolean;
}

/**
 * Reads a query in which every named parameter stands exactly once, in any order, in the given form, and no other stands.
 */
export function linkParameters<Name extends string>(
  query: string,
  forms: Readonly<Record<Name, ParameterForm>>,
): Record<Name, string> {
  const names = Object.keys(forms) as Name[];
  const pairs = query.split('&').map(splitOnce);
  const values = new Map(pairs);
  const wellFormed = names.every((name) => forms[name].test(values.get(name) ?? ''));
  if (!wellFormed || pairs.length !== names.length) throw errorOf('link.parameter');
  return Object.fromEntries(values) as Record<Name, string>;
}

/** Takes a parameter apart: its name, and its value or nothing. */
export function splitOnce(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}
