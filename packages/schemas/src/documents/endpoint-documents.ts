import { z } from 'zod';
import { fiscalEventKinds } from '../enumerations/events.js';
import { patternField } from '../fields/text-fields.js';
import { readingAbsent } from '../schema/absent-members.js';
import { dataEnvelopeSchema } from './envelope-schemas.js';
import { instant, webhookView } from './event-documents.js';
import type { PublicDocument } from './public-document.js';

const endpoint = readingAbsent(
  z.strictObject({
    url: z
      .string()
      .min(1)
      .max(2048)
      .describe('Address that events are sent to: https or http, without credentials and fragment'),
    types: z
      .array(z.enum(fiscalEventKinds))
      .min(1)
      .optional()
      .describe('Types of events that it is sent; all where absent'),
    payload: z
      .enum(['thin', 'full'])
      .default('thin')
      .describe('thin: ids, state, mark and link; full: the whole receipt as well'),
    secret: patternField(
      /^whsec_[A-Za-z0-9+/]+={0,2}$/,
      'field.format',
      'whsec_ and 24 to 64 bytes in base64',
    )
      .optional()
      .describe(
        'Secret that events are signed with: whsec_ and 24 to 64 bytes in base64; where absent, it stays, and is made for a new endpoint',
      ),
    old_secret_hours: z
      .int()
      .min(0)
      .max(168)
      .default(24)
      .describe('How long the secret before another one signs as well, in hours'),
    from: z.iso
      .datetime({ offset: true })
      .optional()
      .describe(
        'From when a new endpoint is sent events, as far as they are kept; ISO 8601 with a zone, from now on where absent',
      ),
  }),
);

const { merchant: _, ...view } = webhookView.shape;

const ownView = z.object({
  ...view,
  source: z
    .enum(['configuration', 'merchant'])
    .describe('Whether whoever runs the gateway has set it, or the merchant'),
  url: z.string().nullable().describe('Its address; null where it is in the configuration'),
  created_at: instant
    .nullable()
    .describe('When the merchant made it; ISO 8601, UTC, null where it is in the configuration'),
  old_secret_until: instant
    .nullable()
    .describe('Until when the secret before the last one signs as well; ISO 8601, UTC, null where none does'),
});

const example = {
  name: 'shop',
  host: 'shop.example.com',
  payload: 'thin',
  types: ['receipt.registered', 'receipt.rejected'],
  state: 'active',
  failing_since: null,
  disabled_at: null,
  disabled_because: null,
  source: 'merchant',
  url: 'https://shop.example.com/fiscal-events',
  created_at: '2026-03-31T09:00:00.000Z',
  old_secret_until: null,
} as const;

/** Documents of the endpoints that merchants set themselves. */
export const endpointDocuments: readonly PublicDocument[] = [
  {
    name: 'webhook-endpoint',
    schema: endpoint,
    title: 'Endpoint of a merchant',
    description: 'An address that events of the merchant are sent to.',
    direction: 'request',
    readsAbsent: true,
    examples: [
      { url: 'https://shop.example.com/fiscal-events', types: ['receipt.registered', 'receipt.rejected'] },
      { url: 'https://shop.example.com/other-events', payload: 'full', from: '2026-03-31T12:00:00+03:00' },
    ],
  },
  {
    name: 'webhook-endpoint-answer',
    schema: dataEnvelopeSchema(ownView),
    title: 'Answer with an endpoint',
    description: 'An endpoint of the merchant, and how it is.',
    direction: 'answer',
    examples: [{ data: example }],
  },
  {
    name: 'webhook-endpoint-put-answer',
    schema: dataEnvelopeSchema(
      ownView.extend({
        secret: z
          .string()
          .nullable()
          .describe('The secret where it was made just now: it is shown once; null otherwise'),
      }),
    ),
    title: 'Answer to an endpoint',
    description: 'The endpoint as it is now, with the secret that was made for it.',
    direction: 'answer',
    examples: [
      {
        data: {
          ...example,
          state: 'starting',
          secret: 'whsec_plJ3nmyCDGBKInavdOK15jsOYTbkiEYfNMz0T5EkVWQ=',
        },
      },
    ],
  },
  {
    name: 'webhook-endpoints-answer',
    schema: dataEnvelopeSchema(z.array(ownView)),
    title: 'Answer with the endpoints of a merchant',
    description: "The merchant's endpoints, those of the configuration first, and how they are.",
    direction: 'answer',
    examples: [{ data: [example] }],
  },
  {
    name: 'webhook-deleted-answer',
    schema: dataEnvelopeSchema(
      z.object({ name: view.name, deleted: z.literal(true).describe('It is sent nothing more') }),
    ),
    title: 'Answer to a deletion',
    description: 'The endpoint that was deleted.',
    direction: 'answer',
    examples: [{ data: { name: 'shop', deleted: true } }],
  },
];
