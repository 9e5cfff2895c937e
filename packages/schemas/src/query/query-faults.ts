import type { z } from 'zod';
import type { Fault } from '../rules/fault.js';
import { faultsOfZod } from '../rules/faults-of-zod.js';

/** The faults of a query, by name of the parameter, in words of a query: it is no document, and what is there twice has no JSON type. */
export function queryFaults(schema: z.ZodObject, error: Pick<z.ZodError, 'issues'>, query: unknown): Fault[] {
  const known = Object.keys(schema.shape).join(', ');
  return faultsOfZod(error, ([parameter = '$']) => String(parameter)).map((fault) => {
    if (fault.code === 'field.unknown')
      return { ...fault, message: `There is no such query parameter here; there are: ${known}` };
    const isRepeated = Array.isArray(Reflect.get(Object(query), fault.path));
    return isRepeated ? { ...fault, message: 'The query parameter is given more than once.' } : fault;
  });
}
