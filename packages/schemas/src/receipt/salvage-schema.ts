import { z } from 'zod';

/**
 * Rebuilds a schema so that it never fails: each field that can not be read comes out as `undefined`, everything else in its
 * normal form. So one wrong field does not keep the rules from looking at all others.
 */
export function salvageSchema(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return salvageSchema(schema.unwrap());
  if (schema instanceof z.ZodArray) return forgiving(z.array(salvageSchema(schema.element)));
  if (schema instanceof z.ZodObject) return forgiving(z.object(salvageShape(schema.shape)));
  return forgiving(schema);
}

function salvageShape(shape: z.core.$ZodShape): z.core.$ZodShape {
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, salvageSchema(field)]));
}

function forgiving(schema: z.core.$ZodType): z.ZodType {
  return z.optional(schema).catch(undefined);
}
