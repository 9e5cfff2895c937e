import { z } from 'zod';
import { isRecord } from '../json/plain-object.js';

/** Removes members that stand for nothing. Returns the same document if there are none. */
export type AbsentRemover = (document: unknown) => unknown;

/** Document as a caller may write it: `null` and `""` for any optional member. */
export type WithAbsent<Document> = Document extends readonly (infer Item)[]
  ? WithAbsent<Item>[]
  : Document extends object
    ? {
        [Name in keyof Document]: undefined extends Document[Name]
          ? WithAbsent<Document[Name]> | null | ''
          : WithAbsent<Document[Name]>;
      }
    : Document;

/** Checks for a member without a value: serializers write `null` or `""` for it. */
export function isAbsentMember(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/**
 * Builds a remover for the documents of a schema: optional members that are `null` or `""` are left out, and
 * so are optional objects without any member. Required and unknown members stay as they are, for the schema
 * to judge.
 */
export function absentRemover(schema: z.core.$ZodType): AbsentRemover {
  return removerOf(schema) ?? ((document) => document);
}

/**
 * Wraps a schema so that optional members may also be `null` or `""`. Its JSON Schema is that of the schema
 * itself: a publisher adds these two values. Options of a discriminated union must be objects.
 */
export function readingAbsent<Schema extends z.ZodType>(
  schema: Schema,
): z.ZodType<z.output<Schema>, WithAbsent<z.input<Schema>>> {
  const remove = z.transform(absentRemover(schema));
  const { run } = remove._zod;
  // Written back, a document in its normal form has nothing to take out.
  remove._zod.run = (payload, context) =>
    context.direction === 'backward' ? payload : run(payload, context);
  const reading: z.ZodType = z.pipe(remove, schema as z.ZodType);
  return reading as z.ZodType<z.output<Schema>, WithAbsent<z.input<Schema>>>;
}

function removerOf(schema: z.core.$ZodType): AbsentRemover | null {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return removerOf(schema.unwrap());
  if (schema instanceof z.ZodArray) return listRemover(removerOf(schema.element));
  if (schema instanceof z.ZodDiscriminatedUnion) return optionRemover(schema);
  return schema instanceof z.ZodObject ? objectRemover(schema.shape) : null;
}

function listRemover(removeFrom: AbsentRemover | null): AbsentRemover | null {
  if (removeFrom === null) return null;
  return (list) => {
    if (!Array.isArray(list)) return list;
    let copy: unknown[] | null = null;
    for (let index = 0; index < list.length; index += 1) {
      const item = removeFrom(list[index]);
      if (item === list[index]) continue;
      copy ??= list.slice();
      copy[index] = item;
    }
    return copy ?? list;
  };
}

/** Removes by the option that the document names; without one the document is left to the schema. */
function optionRemover({ def, options }: z.ZodDiscriminatedUnion): AbsentRemover {
  const removers = new Map<unknown, AbsentRemover | null>();
  for (const option of options) {
    for (const value of option._zod.propValues?.[def.discriminator] ?? [])
      removers.set(value, removerOf(option));
  }
  return (document) => {
    const removeFrom = isRecord(document) ? removers.get(document[def.discriminator]) : undefined;
    return removeFrom ? removeFrom(document) : document;
  };
}

function objectRemover(shape: z.core.$ZodShape): AbsentRemover | null {
  const fields = Object.entries(shape);
  const optional = new Set(
    fields.filter(([, field]) => field._zod.optin !== undefined).map(([name]) => name),
  );
  const holders = new Map<string, AbsentRemover>();
  const vanishing = new Set<string>();
  for (const [name, field] of fields) {
    const removeFrom = removerOf(field);
    if (removeFrom !== null) holders.set(name, removeFrom);
    if (optional.has(name) && mayBeEmpty(field)) vanishing.add(name);
  }
  if (optional.size === 0 && holders.size === 0) return null;
  return (document) => {
    if (!isRecord(document)) return document;
    let copy: Record<string, unknown> | null = null;
    // Most members are texts and numbers with a value: they are passed over fastest in the order in which
    // they stand.
    for (const name in document) {
      const member = document[name];
      if (member === null || member === '') {
        if (!optional.has(name)) continue;
        copy ??= { ...document };
        delete copy[name];
      } else if (typeof member === 'object') {
        const kept = holders.get(name)?.(member) ?? member;
        const vanishes = vanishing.has(name) && isRecord(kept) && Object.keys(kept).length === 0;
        if (kept === member && !vanishes) continue;
        copy ??= { ...document };
        if (vanishes) delete copy[name];
        else copy[name] = kept;
      }
    }
    return copy ?? document;
  };
}

/**
 * Checks for an object that needs no member: a serializer writes all of them as `null` where a caller has
 * none.
 */
function mayBeEmpty(field: z.core.$ZodType): boolean {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return mayBeEmpty(field.unwrap());
  return (
    field instanceof z.ZodObject && Object.values(field.shape).every(({ _zod }) => _zod.optin !== undefined)
  );
}
