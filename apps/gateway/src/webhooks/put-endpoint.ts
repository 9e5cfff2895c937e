import { readBaseUrl } from '@fiscalkit/client/transport';
import { fiscalEventKinds } from '@fiscalkit/ledger';
import { FiscalError, faultsOfZod, readingAbsent } from '@fiscalkit/schemas';
import { z } from 'zod';
import { urlSchema, webhookSecretFault } from './webhook-settings.js';

/** How an endpoint is to be. */
export interface PutEndpoint {
  readonly name: string;
  readonly url: string;
  readonly payload: 'thin' | 'full';
  readonly types: z.output<typeof bodySchema>['types'];
  readonly secret: string | undefined;
  readonly oldSecretHours: number;
  readonly from: Date | undefined;
}

const longestOverlapHours = 168;
const detail = 'https or http, without credentials and fragment, and leading to the internet';

const bodySchema = readingAbsent(
  z.strictObject({
    url: z.string().refine((text) => urlSchema.safeParse(text).success, {
      error: 'field.format',
      params: { detail },
    }),
    types: z.array(z.enum(fiscalEventKinds)).min(1).optional(),
    payload: z.enum(['thin', 'full']).default('thin'),
    secret: z
      .string()
      .refine((text) => webhookSecretFault(text) === null, {
        error: 'field.format',
        params: { detail: 'whsec_ and 24 to 64 bytes in base64' },
      })
      .optional(),
    old_secret_hours: z.int().min(0).max(longestOverlapHours).default(24),
    from: z.iso.datetime({ offset: true, error: 'field.format' }).optional(),
  }),
);

/** Reads the body of `PUT /v5/webhooks/{name}`. Throws `webhook.invalid` with every fault. */
export function readPutEndpoint(
  name: string,
  body: unknown,
  { allowPrivateAddresses }: { readonly allowPrivateAddresses: boolean },
): PutEndpoint {
  const checked = bodySchema.superRefine(({ url }, context) => {
    if (leadsToInternet(url, allowPrivateAddresses)) return;
    context.addIssue({ code: 'custom', path: ['url'], message: 'field.format', params: { detail } });
  });
  const { success, data, error } = checked.safeParse(body);
  if (success) {
    const { old_secret_hours: oldSecretHours, from, types, secret, ...others } = data;
    return { name, ...others, types, secret, oldSecretHours, from: from ? new Date(from) : undefined };
  }
  throw new FiscalError({
    code: 'webhook.invalid',
    message: 'The endpoint has faults; nothing was changed.',
    retryable: false,
    faults: faultsOfZod(error),
  });
}

/** Whether an address may be one of a merchant's: a name is looked up, and guarded, when it is connected to. */
function leadsToInternet(url: string, allowPrivateAddresses: boolean): boolean {
  try {
    readBaseUrl(new URL(url).origin, { allowPrivateAddresses, isForeign: true });
    return true;
  } catch {
    return false;
  }
}
