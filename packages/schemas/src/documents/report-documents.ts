import { z } from 'zod';
import { dataEnvelopeSchema } from './envelope-schemas.js';
import type { PublicDocument } from './public-document.js';

const count = z.int().min(0);
const money = z.string().regex(/^\d+\.\d{2}$/);
const name = z.string().min(1);
const instant = z.iso.datetime({ precision: 3 });

const vatSum = z.object({
  vat_code: name.describe('VAT rate'),
  receipts: count.describe('Receipts with positions of it'),
  turnover: money.describe('Sum of the positions, VAT included; decimal text'),
  vat: money.describe('VAT in it: that of each receipt, summed; decimal text'),
});

const settlementSum = z.object({
  type: name.describe('Kind of settlement'),
  receipts: count.describe('Receipts with it'),
  sum: money.describe('Sum of it; decimal text'),
});

const reportRow = z.object({
  provider: name.describe('Name of the provider'),
  account: name.describe("The provider's id of the merchant, and the address"),
  currency: z.enum(['RUB', 'UZS']).describe('Currency of the sums'),
  operation_type: name.describe('What the receipts record'),
  receipts: count.describe('How many'),
  total: money.describe('Sum of their totals; decimal text'),
  vat: z.array(vatSum).describe('By VAT rate'),
  settlements: z.array(settlementSum).describe('By kind of settlement'),
});

const dailyReport = z.object({
  merchant_id: name.describe('Id of the merchant'),
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe("The day on the register's clock"),
  ended: z.boolean().describe('Whether the day has ended: before that, receipts may still come'),
  receipts: count.describe('Receipts that were registered on it'),
  rows: z.array(reportRow).describe('By provider, account, currency and operation'),
});

const finding = z.object({
  code: name.describe('Permanent dotted code, reconciliation. and the kind'),
  message: z.string().describe('What does not fit, in English'),
  advice: name.describe('Permanent name of the safe act; nothing of it is done'),
  advice_text: z.string().describe('The same in words, in English'),
  payment_id: name.describe('Id of the payment'),
  operation_type: z.string().nullable().describe('What a receipt of it records; null where it is not known'),
  payment: z
    .object({
      line: z.int().min(1).describe('Its line in the list'),
      amount: money.describe('Its amount; decimal text'),
      time: instant.describe('Its time; ISO 8601, UTC'),
    })
    .optional()
    .describe('The payment; absent without one'),
  receipts: z
    .array(
      z.object({
        id: name.describe('Id of the receipt'),
        state: name.describe('Where it is on its way'),
        total: money.nullable().describe('Its total; decimal text'),
        accepted_at: instant.describe('When it was accepted; ISO 8601, UTC'),
        reason: z.string().optional().describe('Code of the reason of a rejected one; absent without one'),
      }),
    )
    .describe('Receipts of the ledger that it is about'),
  listed: z
    .object({
      provider: name.describe('Name of the provider'),
      provider_document_id: name.describe('Its id of the document'),
      total: money.nullable().describe('Its total; decimal text, null where it is not readable'),
      status: z.string().nullable().describe('What the provider calls it; null where it is not readable'),
      differs: z.array(z.string()).optional().describe('Members of the mark that differ; absent without any'),
    })
    .optional()
    .describe('Document that the provider shows; absent without one'),
});

const reconciliation = z.object({
  merchant: name.describe('Id of the merchant'),
  from: instant.describe('Begin of the window; ISO 8601, UTC'),
  to: instant.describe('End of the window, which is not in it; ISO 8601, UTC'),
  country: z
    .enum(['ru', 'uz'])
    .nullable()
    .describe('Country that the advice is for; null where it is not known'),
  notes: z
    .array(
      z.object({
        code: name.describe('Permanent dotted code'),
        message: z.string().describe('What the result has to be read with, in English'),
      }),
    )
    .describe('What the result has to be read with'),
  payments: z
    .object({
      read: count.describe('Lines that were read'),
      matched: count.describe('Payments that fit'),
      under_way: count.describe('Payments whose receipt is under way'),
      outside: count.describe('Payments outside the window that fit nothing'),
      not_compared: count.describe('Lines that could not be compared'),
    })
    .describe('What became of the payments'),
  receipts: z
    .object({
      read: count.describe('Receipts that were accepted in the window'),
      under_way: z.record(z.string(), count).describe('Receipts under way, by what they wait for'),
      at_edges: count.describe('Receipts near the bounds, whose payment may be behind them'),
      not_compared: count.describe('Receipts of a kind that the payments have none of'),
    })
    .describe('What became of the receipts'),
  providers: z
    .array(
      z.object({
        name: name.describe('Name of the provider'),
        documents: count.describe('Documents that it showed'),
        complete: z.boolean().describe('Whether it was listed to the end of the window'),
        code: z.string().optional().describe('Code of what ended the list too early; absent otherwise'),
      }),
    )
    .describe('Providers that were listed'),
  counts: z.record(z.string(), count).describe('Findings by kind; all of them'),
  findings: z.array(finding).max(10_000).describe('The findings, 10,000 at most'),
  more_findings: count.describe('How many more there are'),
  faults: z
    .array(
      z.object({
        line: z.int().min(1).describe('Number of the line'),
        code: name.describe('Permanent dotted code'),
        message: z.string().describe('Why it was not compared, in English'),
      }),
    )
    .max(10_000)
    .describe('Lines that were not compared, 10,000 at most'),
  more_faults: count.describe('How many more there are'),
});

const manifest = z.object({
  format: z.literal('fiscalkit-export-1').describe('Form of this document'),
  merchant: name.describe('Id of the merchant'),
  from: instant.describe('Acceptance of the first receipt; ISO 8601, UTC'),
  to: instant.describe('End of the window, which is not in it; ISO 8601, UTC'),
  created_at: instant.describe('When the export was complete; ISO 8601, UTC'),
  file: z
    .object({
      name: name.describe('Name of the file beside this one'),
      type: z.enum(['csv', 'jsonl']).describe('A table, or one JSON object a line'),
      bytes: count.describe('Its length'),
      sha256: z
        .string()
        .regex(/^[\da-f]{64}$/)
        .describe('Its digest, in hex'),
    })
    .describe('The file'),
  receipts: count.describe('Receipts in the file'),
  registered: count.describe('How many of them are registered'),
  sums: z
    .record(z.string(), z.record(z.string(), money))
    .describe('Totals of the registered ones by currency and operation; decimal texts'),
  last_seal: z
    .object({
      number: z.int().min(1).describe('Number of the seal'),
      hash: z
        .string()
        .regex(/^[\da-f]{64}$/)
        .describe('Its hash, in hex'),
    })
    .nullable()
    .describe("The ledger's newest seal then; null where it had none"),
});

const sampleRow = {
  provider: 'freedompay',
  account: '542088@https://api.freedompay.uz',
  currency: 'RUB',
  operation_type: 'sell',
  receipts: 2,
  total: '200.30',
  vat: [{ vat_code: 'vat_22', receipts: 2, turnover: '200.30', vat: '36.12' }],
  settlements: [{ type: 'cashless', receipts: 2, sum: '200.30' }],
};

const day = { from: '2026-03-30T21:00:00.000Z', to: '2026-03-31T21:00:00.000Z' };

/** Comparisons of payments, reports and exports. */
export const reportDocuments: readonly PublicDocument[] = [
  {
    name: 'daily-report-answer',
    schema: dataEnvelopeSchema(dailyReport),
    title: 'Report of a day',
    description: "Counts and sums of the receipts that were registered on a day of the register's clock.",
    direction: 'answer',
    examples: [
      { data: { merchant_id: '542088', date: '2026-03-31', ended: true, receipts: 2, rows: [sampleRow] } },
      { data: { merchant_id: '542088', date: '2026-04-01', ended: false, receipts: 0, rows: [] } },
    ],
  },
  {
    name: 'reconciliation-answer',
    schema: dataEnvelopeSchema(reconciliation),
    title: 'Comparison of payments',
    description: 'What of payments and receipts does not fit together, with the safe act for each.',
    direction: 'answer',
    examples: [
      {
        data: {
          merchant: '542088',
          ...day,
          country: 'ru',
          notes: [],
          payments: { read: 3, matched: 1, under_way: 0, outside: 0, not_compared: 1 },
          receipts: {
            read: 1,
            under_way: { waiting: 0, pending: 0, unknown: 0, doubtful: 0, held: 0, parked: 0 },
            at_edges: 0,
            not_compared: 0,
          },
          providers: [{ name: 'freedompay', documents: 1, complete: true }],
          counts: { 'paid-without-receipt': 1 },
          findings: [
            {
              code: 'reconciliation.paid-without-receipt',
              message: 'A payment was taken, and the ledger has no receipt of it.',
              advice: 'hand-in',
              advice_text:
                'Hand the receipt in now: the ledger has none for this payment, and it is still in time.',
              payment_id: '764239790',
              operation_type: 'sell',
              payment: { line: 3, amount: '100.00', time: '2026-03-31T09:00:00.000Z' },
              receipts: [],
            },
          ],
          more_findings: 0,
          faults: [
            {
              line: 4,
              code: 'payment.scale',
              message: 'The amount has more than two decimals: it is of another scale.',
            },
          ],
          more_faults: 0,
        },
      },
    ],
  },
  {
    name: 'export-manifest',
    schema: manifest,
    title: 'Manifest of an export',
    description: 'What a file of exported receipts holds, and of which ledger; it stands beside the file.',
    direction: 'answer',
    examples: [
      {
        format: 'fiscalkit-export-1',
        merchant: '542088',
        ...day,
        created_at: '2026-04-01T06:00:00.000Z',
        file: { name: 'receipts.csv', type: 'csv', bytes: 4210, sha256: '0f'.repeat(32) },
        receipts: 12,
        registered: 11,
        sums: { RUB: { sell: '2400.00', sell_refund: '100.00' } },
        last_seal: { number: 1207, hash: 'a1'.repeat(32) },
      },
    ],
  },
];
