import { z } from 'zod';

/** Optional when a caller writes them, always there when we print them. */
const calculated: readonly string[] = ['sum', 'total'];

/** A schema is rebuilt once, so that its printed form can be named. */
const known = new WeakMap<z.core.$ZodType, z.ZodType>();

/**
 * Rebuilds a schema of what is read as one of what is printed: values in their normal form, defaults filled in, and objects that
 * may get more fields in a later version, so that readers must not refuse those. What ties fields of an object together is not
 * repeated: who prints has checked it.
 */
export function printedSchema(schema: z.core.$ZodType): z.ZodType {
  const printed = known.get(schema) ?? described(rebuilt(schema), schema);
  known.set(schema, printed);
  return printed;
}

function described(printed: z.ZodType, schema: z.core.$ZodType): z.ZodType {
  const { description } = z.globalRegistry.get(schema) ?? {};
  return description === undefined || printed === schema ? printed : printed.describe(description);
}

function rebuilt(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return printedSchema(schema.unwrap()).optional();
  if (schema instanceof z.ZodNullable) return printedSchema(schema.unwrap()).nullable();
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodCatch) return printedSchema(schema.unwrap());
  if (schema instanceof z.ZodPipe) return printedSchema(schema.out);
  if (schema instanceof z.ZodArray)
    return schema.clone({ ...schema.def, element: printedSchema(schema.element) });
  if (schema instanceof z.ZodObject) return z.looseObject(printedShape(schema.shape));
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return schema.clone({ ...schema.def, options: schema.options.map(printedSchema) });
  }
  return schema as z.ZodType;
}

function printedShape(shape: z.core.$ZodShape): Record<string, z.ZodType> {
  const fields = Object.entries(shape).map(([name, field]) => [name, printedField(name, field)]);
  return Object.fromEntries(fields);
}

function printedField(name: string, field: z.core.$ZodType): z.ZodType {
  const printed = printedSchema(field);
  if (!(printed instanceof z.ZodOptional && calculated.includes(name))) return printed;
  return described(printed.unwrap() as z.ZodType, printed);
}
