import type { z } from 'zod';
import type { Fault } from '../rules/fault.js';
import { faultsOfZod } from '../rules/faults-of-zod.js';

/** The faults of a query, by name of the parameter, in words of a query: it is no document. */
export function queryFaults(schema: z.ZodObject, error: Pick<z.ZodError, 'issues'>): Fault[] {
  const known = Object.keys(schema.shape).join(', ');
  return faultsOfZod(error, ([parameter = '$']) => String(parameter)).map((fault) =>
    fault.code === 'field.unknown'
      ? { ...fault, message: `There is no such query parameter here; there are: ${known}` }
      : fault,
  );
}
