import { z } from 'zod';

/** Texts on a setting, attached to its schema, from which `--help` and the guide are made. */
export interface SettingText {
  /** Environment variable that sets it; takes precedence over the file. */
  readonly variable?: string;
  /** One line for `--help`, without the default. */
  readonly help: string;
  /** The line of the guide, in Markdown, where it says more than `help`. */
  readonly guide?: string;
  /** Effect of leaving the setting out, where no default in the schema shows it. */
  readonly absent?: string;
}

const texts = z.registry<SettingText>();

/** Attaches its texts to the schema of a setting. */
export function setting<Schema extends z.ZodType>(schema: Schema, text: SettingText): Schema {
  texts.add(schema, text);
  return schema;
}

/** A setting of the configuration, as its schema describes it. */
export interface Setting extends SettingText {
  /** Path in the configuration file. The index in a list is 0: a variable sets the first. */
  readonly path: readonly (string | number)[];
  /** Form of the variable: numbers may be `none`, flags are `1` or `0`, secrets may be in a `_FILE`. */
  readonly kind: 'text' | 'number' | 'flag' | 'secret';
  /** `undefined` if there is none. */
  readonly default: unknown;
}

/** Lists the settings of a schema in its order. Throws for one without texts. */
export function settingsOf(schema: z.ZodType, path: Setting['path'] = []): Setting[] {
  const text = texts.get(schema);
  const value = unwrapped(schema);
  if (text) return [{ ...text, path, kind: kinds[value.def.type] ?? 'text', default: defaultOf(schema) }];
  if (value instanceof z.ZodArray) return settingsOf(value.unwrap() as z.ZodType, [...path, 0]);
  if (!(value instanceof z.ZodObject)) throw new Error(`the setting ${path.join('.')} has no texts`);
  return Object.entries<z.ZodType>(value.shape).flatMap(([key, member]) =>
    settingsOf(member, [...path, key]),
  );
}

/** Kinds by type of schema, other than text; unions are those of a secret and its reference. */
const kinds: Readonly<Record<string, Setting['kind']>> = {
  number: 'number',
  boolean: 'flag',
  union: 'secret',
};

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

function defaultOf(schema: z.ZodType): unknown {
  return schema instanceof z.ZodDefault ? schema.def.defaultValue : undefined;
}
