import { z } from 'zod';
import { fiscalEventKinds } from '../enumerations/events.js';
import { receiptStatuses } from '../enumerations/receipts.js';
import { receiptObjectSchema } from '../receipt/receipt-object-schema.js';
import { dataEnvelopeSchema } from './envelope-schemas.js';
import type { PublicDocument } from './public-document.js';

export const instant = z.iso.datetime({ precision: 3 });
const digits = z.string().regex(/^\d+$/);
const registeredAt = z
  .string()
  .min(1)
  .describe("When it was registered, on the register's clock with its zone; ISO 8601");

const mark = z.discriminatedUnion('country', [
  z.object({
    country: z.literal('ru').describe('Russia'),
    fiscal_storage_number: digits.describe('FFD tag 1041, 16 digits'),
    fiscal_document_number: digits.describe('FFD tag 1040'),
    fiscal_attribute: digits.describe('FFD tag 1077, leading zeros kept'),
    registered_at: registeredAt,
  }),
  z.object({
    country: z.literal('uz').describe('Uzbekistan'),
    terminal_id: z.string().min(1).describe('Fiscal module: two letters and 12 digits'),
    receipt_number: digits.describe('Number of the receipt in that module'),
    fiscal_sign: digits.describe('Fiscal sign, 12 digits'),
    registered_at: registeredAt,
  }),
]);

const eventData = z.object({
  receipt_id: z
    .uuid()
    .nullable()
    .describe('Id of the receipt or correction; UUID in lower case, null for the confirmation of a payment'),
  payment_id: z.string().describe('Id of the payment; empty for a correction that names none'),
  operation: z.string().min(1).describe('receipt, correction, or confirmation. and the wallet'),
  operation_type: z
    .string()
    .nullable()
    .describe(
      'What the receipt or correction records; see enumerations, null for the confirmation of a payment',
    ),
  status: z.enum(receiptStatuses).describe('How far it has come by now; see enumerations'),
  mark: mark.nullable().describe('Proof of registration; null before it, and where the provider gives none'),
  link: z
    .string()
    .nullable()
    .describe('Address of the receipt at the tax service or its operator; null until registered'),
  reason: z.string().nullable().describe('Permanent code of why it was rejected; null unless it was'),
});

const event = {
  id: z
    .string()
    .regex(/^[A-Za-z0-9:-]+$/)
    .describe('Id of the event, the same wherever it is shown'),
  type: z.enum(fiscalEventKinds).describe('What happened'),
  timestamp: instant.describe('When it happened; ISO 8601, UTC'),
  data: eventData.describe('What it happened to, as it is by now'),
};

const cursor = z.string().min(1);

const feedAnswer = z.object({
  data: z
    .array(z.object({ ...event, cursor: cursor.describe('Cursor of this event') }))
    .max(1000)
    .describe('The events, oldest first'),
  cursor: cursor.describe('What to send as after next, also where there is no event'),
  more: z.boolean().describe('Whether there are further events already'),
});

const example = {
  id: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5:3:receipt-registered',
  type: 'receipt.registered',
  timestamp: '2026-03-31T09:00:02.150Z',
  data: {
    receipt_id: 'adec9d48-be2a-4bf4-8ca1-3432fd8920c5',
    payment_id: '764239790',
    operation: 'receipt',
    operation_type: 'sell',
    status: 'registered',
    mark: {
      country: 'ru',
      fiscal_storage_number: '9999078902004339',
      fiscal_document_number: '1488',
      fiscal_attribute: '2836542834',
      registered_at: '2026-03-31T12:00:01+03:00',
    },
    link: 'https://consumer.1-ofd.ru/v1?fn=9999078902004339&fp=2836542834&i=1488&t=20260331T120001&s=100.00&n=1',
    reason: null,
  },
} as const;

const webhookEvent = z.object({
  ...event,
  data: eventData
    .extend({
      receipt: receiptObjectSchema
        .nullable()
        .optional()
        .describe('The receipt, where the endpoint gets full events; absent otherwise'),
    })
    .describe('What it happened to, as it is by now'),
});

export const webhookView = z.object({
  merchant: z.string().min(1).describe('Id of the merchant'),
  name: z.string().min(1).describe('Name of the endpoint'),
  host: z.string().min(1).describe('Host of its address'),
  payload: z.enum(['thin', 'full']).describe('Whether events have the whole receipt'),
  types: z
    .array(z.enum(fiscalEventKinds))
    .nullable()
    .describe('Types of events that it is sent; null for all'),
  state: z
    .enum(['starting', 'active', 'failing', 'disabled'])
    .describe('How it is: nothing was read for it yet, it takes events, the last failed, or it is sent none'),
  failing_since: instant
    .nullable()
    .describe('Since when every delivery has failed; ISO 8601, UTC, null unless it does'),
  disabled_at: instant.nullable().describe('When it was disabled; ISO 8601, UTC, null unless it is'),
  disabled_because: z
    .enum(['gone', 'failing'])
    .nullable()
    .describe('It answered 410, or failed for too long; null unless it is disabled'),
});

const webhookDelivery = z.object({
  at: instant.describe('When it ended; ISO 8601, UTC'),
  event_id: event.id,
  type: event.type,
  receipt_id: eventData.shape.receipt_id,
  attempt: z.int().min(1).describe('How often it was sent, this time counted'),
  outcome: z.enum(['delivered', 'failed']).describe('What came of it'),
  status: z.int().nullable().describe('Status of the answer; null without one'),
  code: z.string().nullable().describe('Permanent code of why there was no answer; null where there was one'),
  duration_ms: z.number().min(0).describe('How long it took, in milliseconds'),
});

const from = z.iso.datetime({ offset: true }).describe('From when; ISO 8601 with a zone');

/** Documents of events: the feed, and webhooks. */
export const eventDocuments: readonly PublicDocument[] = [
  {
    name: 'event-feed-answer',
    schema: feedAnswer,
    title: 'Answer with events',
    description:
      'Events of the merchant behind a cursor. An event has ids, state, mark and link; nothing of the buyer.',
    direction: 'answer',
    examples: [
      {
        data: [{ ...example, cursor: 'MS4xLjIuMTc3NDk0NzYwMjE1MC42ZTkzNThjOWIyZjM3OGQw' }],
        cursor: 'MS4xLjIuMTc3NDk0NzYwMjE1MC42ZTkzNThjOWIyZjM3OGQw',
        more: false,
      },
    ],
  },
  {
    name: 'webhook-event',
    schema: webhookEvent,
    title: 'Event for an endpoint',
    description: 'What the gateway sends to the endpoints of a merchant, signed by Standard Webhooks.',
    direction: 'answer',
    examples: [example],
  },
  {
    name: 'webhook-list-answer',
    schema: dataEnvelopeSchema(z.array(webhookView)),
    title: 'Answer with endpoints',
    description: 'The endpoints of webhooks of all merchants, and how they are.',
    direction: 'answer',
    examples: [
      {
        data: [
          {
            merchant: '542088',
            name: 'default',
            host: 'shop.example.com',
            payload: 'thin',
            types: null,
            state: 'failing',
            failing_since: '2026-03-31T09:00:12.021Z',
            disabled_at: null,
            disabled_because: null,
          },
        ],
      },
    ],
  },
  {
    name: 'webhook-deliveries-answer',
    schema: dataEnvelopeSchema(z.array(webhookDelivery)),
    title: 'Answer with deliveries',
    description: 'The last deliveries to an endpoint, newest first.',
    direction: 'answer',
    examples: [
      {
        data: [
          {
            at: '2026-03-31T09:00:12.021Z',
            event_id: example.id,
            type: example.type,
            receipt_id: example.data.receipt_id,
            attempt: 1,
            outcome: 'failed',
            status: null,
            code: 'webhook.timeout',
            duration_ms: 10_000,
          },
        ],
      },
    ],
  },
  {
    name: 'webhook-send-again',
    schema: z.strictObject({ from }),
    title: 'Request to send again',
    description: 'From when events are sent to an endpoint again.',
    direction: 'request',
    examples: [{ from: '2026-03-31T12:00:00+03:00' }],
  },
  {
    name: 'webhook-send-again-answer',
    schema: dataEnvelopeSchema(
      z.object({
        merchant: webhookView.shape.merchant,
        name: webhookView.shape.name,
        from: instant.describe('From when; ISO 8601, UTC'),
      }),
    ),
    title: 'Answer to a request to send again',
    description: 'What will be sent again.',
    direction: 'answer',
    examples: [{ data: { merchant: '542088', name: 'default', from: '2026-03-31T09:00:00.000Z' } }],
  },
];
