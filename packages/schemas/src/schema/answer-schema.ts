import { z } from 'zod';

/** Fields that are optional in requests and always present in answers. */
const calculated: readonly string[] = ['sum', 'total', 'vat'];

/** Rebuilt schemas: each is built once, so that it can be named. */
const known = new WeakMap<z.core.$ZodType, z.ZodType>();

/**
 * Rebuilds the schema of a request as that of an answer: values in their normal form, defaults filled in, and
 * objects that may get more fields in a later version, so that readers must not refuse those. Checks between
 * the fields of an object are left out: an answer has passed them.
 */
export function answerSchema(schema: z.core.$ZodType): z.ZodType {
  const answer = known.get(schema) ?? described(rebuilt(schema), schema);
  known.set(schema, answer);
  return answer;
}

function described(answer: z.ZodType, schema: z.core.$ZodType): z.ZodType {
  const { description } = z.globalRegistry.get(schema) ?? {};
  return description === undefined || answer === schema ? answer : answer.describe(description);
}

function rebuilt(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return answerSchema(schema.unwrap()).optional();
  if (schema instanceof z.ZodNullable) return answerSchema(schema.unwrap()).nullable();
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodCatch) return answerSchema(schema.unwrap());
  if (schema instanceof z.ZodPipe) return answerSchema(schema.out);
  if (schema instanceof z.ZodArray)
    return schema.clone({ ...schema.def, element: answerSchema(schema.element) });
  if (schema instanceof z.ZodObject) return z.looseObject(answerShape(schema.shape));
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return schema.clone({ ...schema.def, options: schema.options.map(answerSchema) });
  }
  return schema as z.ZodType;
}

function answerShape(shape: z.core.$ZodShape): Record<string, z.ZodType> {
  const fields = Object.entries(shape).map(([name, field]) => [name, answerField(name, field)]);
  return Object.fromEntries(fields);
}

function answerField(name: string, field: z.core.$ZodType): z.ZodType {
  const answer = answerSchema(field);
  if (!(answer instanceof z.ZodOptional && calculated.includes(name))) return answer;
  return described(answer.unwrap() as z.ZodType, answer);
}
