import { z } from 'zod';

const text = z.union([z.string(), z.number().transform(String)]);

const errorObject = z.object({ code: text.nullable().catch(null), message: text.nullable().catch(null) });

/** The page shows an object, the schema beside it a text: both occur. */
const errorField = z.union([
  errorObject.refine(({ code, message }) => code !== null || message !== null),
  text.transform((message) => (message === '' || message === '0' ? null : { code: null, message })),
]);

const envelope = z.object({
  data: z.unknown().default(null),
  error: errorField.nullable().default(null).catch({ code: null, message: null }),
  is_success: z.boolean(),
});

/** Some calls nest the whole envelope under `result`. */
const wrapped = z.object({ result: envelope }).transform(({ result }) => result);

/** One page prints failures without an envelope: `{ status, message, error_code }`, where 0 or nothing would be no failure. */
const flat = z
  .object({
    error_code: text.refine((code) => code !== '0' && code !== ''),
    message: text.nullable().default(null),
  })
  .transform(({ error_code: code, message }) => ({
    data: null,
    error: { code, message },
    is_success: false,
  }));

/**
 * An answer of FiscalBox, read leniently and normalised to `{ data, error, is_success }`: wrapped in `result` or not, with a
 * failure that has no error, and in the flat shape. What is none of these is refused.
 */
export const fiscalBoxEnvelopeSchema = z.union([envelope, wrapped, flat]);

/** A normalised answer of FiscalBox. */
export type FiscalBoxEnvelope = z.output<typeof fiscalBoxEnvelopeSchema>;
