import { z } from 'zod';

/** Successful answer of FiscalBox. */
export interface FiscalBoxSuccess<Data> {
  readonly data: Data;
  readonly error: null;
  readonly is_success: true;
}

/** Failure as FiscalBox reports it. */
export interface FiscalBoxError {
  readonly code: number;
  readonly message: string;
  /** Further details; `null` when there are none. */
  readonly data: unknown;
}

/** Failed answer of FiscalBox, with HTTP 200 as well. */
export interface FiscalBoxFailure {
  readonly data: null;
  readonly error: FiscalBoxError;
  readonly is_success: false;
}

/** Builds a successful answer, keys in the order of the provider's page. */
export function fiscalBoxSuccess<Data>(data: Data): FiscalBoxSuccess<Data> {
  return { data, error: null, is_success: true };
}

/** Builds a failed answer, keys in the order of the provider's page. */
export function fiscalBoxFailure({ code, message, data }: FiscalBoxError): FiscalBoxFailure {
  return { data: null, error: { code, message, data }, is_success: false };
}

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

/**
 * Failure without an envelope, as one page has it: `{ status, message, error_code }`. 0 or nothing is no
 * failure.
 */
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
 * Answer of FiscalBox, read leniently and normalised to `{ data, error, is_success }`: wrapped in `result` or
 * not, with a failure that has no error, and in the flat shape. Anything else is refused.
 */
export const fiscalBoxEnvelopeSchema = z.union([envelope, wrapped, flat]);

/** A normalised answer of FiscalBox. */
export type FiscalBoxEnvelope = z.output<typeof fiscalBoxEnvelopeSchema>;
