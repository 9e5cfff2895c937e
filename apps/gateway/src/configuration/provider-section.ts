import type { ProviderFactory, ProviderSetting } from '@fiscalkit/client';
import { z } from 'zod';
import { addressSchema, connection, whole } from './field-schemas.js';
import { secretReferenceSchema } from './secret.js';
import { setting } from './setting.js';

/** Returns the schema of a provider's section, made from the settings that its factory describes. */
export function sectionOf({ name, settings }: ProviderFactory) {
  const prefix = `FISCALKIT_${name.toUpperCase()}`;
  const members = settings.map((each) => [each.name, memberOf(each, prefix)] as const);
  return z.strictObject({
    ...Object.fromEntries<z.ZodType>(members),
    ...connection(prefix),
  });
}

function memberOf(described: ProviderSetting, prefix: string): z.ZodType {
  const { name, help, isRequired = false, default: value, absent } = described;
  const schema = schemaOf(described);
  const text = {
    variable: `${prefix}_${variableOf(name)}`,
    help,
    guide: described.kind === 'secret' ? `${help}, by reference` : help,
    ...(absent !== undefined && { absent }),
  };
  // Texts are attached to a schema: one that others use must not get them.
  if (isRequired) return setting(schema.clone(), text);
  return setting(value === undefined ? schema.optional() : schema.default(value), text);
}

/** Returns the variable of a member: `groupCode` is `GROUP_CODE`, and the one address is the `URL`. */
function variableOf(name: string): string {
  return name === 'baseUrl' ? 'URL' : name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function schemaOf({ kind, choices, least = 0, most = 3_600_000 }: ProviderSetting): z.ZodType {
  switch (kind) {
    case 'secret':
      return secretReferenceSchema;
    case 'address':
      return addressSchema;
    case 'flag':
      return z.boolean({ error: 'must be true or false' });
    case 'whole':
      return whole(least, most);
    case 'text':
      return choices === undefined
        ? z.string({ error: 'must be given' }).min(1, { error: 'must be given' })
        : z.enum(choices, { error: `must be one of ${choices.join(', ')}` });
  }
}
