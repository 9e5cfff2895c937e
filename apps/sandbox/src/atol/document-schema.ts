import { z } from 'zod';

export const text = (longest: number) => z.string().min(1).max(longest);
export const kopecks = (largest: number) =>
  z.number().min(0).max(largest).refine(hasDecimals(2), 'multipleOf');
export const date = z.string().regex(/^\d{2}\.\d{2}\.\d{4}$/);
const time = z.string().regex(/^\d{2}\.\d{2}\.\d{4} \d{2}:\d{2}:\d{2}$/);
export const inn = z.string().regex(/^(\d{10}|\d{12})$/);
const phone = z.string().regex(/^([^\s\\]{0,17}|\+[^\s\\]{1,18})$/);

/** Returns the check that a number, as JSON writes it, has no more decimals. */
function hasDecimals(most: number): (value: number) => boolean {
  return (value) => Number(value.toFixed(most)) === value;
}

export const taxSystem = z.enum(['osn', 'usn_income', 'usn_income_outcome', 'envd', 'esn', 'patent']);
export const vat = {
  type: z.enum([
    'none',
    'vat0',
    'vat10',
    'vat110',
    'vat20',
    'vat120',
    'vat5',
    'vat7',
    'vat105',
    'vat107',
    'vat22',
    'vat122',
  ]),
};
const paymentMethod = z.enum([
  'full_prepayment',
  'prepayment',
  'advance',
  'full_payment',
  'partial_payment',
  'credit',
  'credit_payment',
]);
const agentType = z.enum([
  'bank_paying_agent',
  'bank_paying_subagent',
  'paying_agent',
  'paying_subagent',
  'attorney',
  'commission_agent',
  'another',
]);
const objectTexts = [
  'commodity',
  'excise',
  'job',
  'service',
  'gambling_bet',
  'gambling_prize',
  'lottery',
  'lottery_prize',
  'intellectual_activity',
  'payment',
  'agent_commission',
  'award',
  'another',
  'property_right',
  'non-operating_gain',
  'insurance_premium',
  'sales_tax',
  'resort_fee',
  'deposit',
  'expense',
  'pension_insurance_ip',
  'pension_insurance',
  'medical_insurance_ip',
  'medical_insurance',
  'social_insurance',
  'casino_payment',
] as const;
const objectNumbers = [...Array.from({ length: 27 }, (_, index) => index + 1), 30, 31, 32, 33];
const measureNumbers = [
  0, 10, 11, 12, 20, 21, 22, 30, 31, 32, 40, 41, 42, 50, 51, 70, 71, 72, 73, 80, 81, 82, 83, 255,
];

/** Largest price and sum of v4 since December 2025, and of v5. */
export const largest = { v4: 10_000_000_000, v5: 42_949_672.95 };

export const payment = { type: z.int().min(0).max(9) };
const userProps = { name: text(64), value: text(256) };

export const envelopeOfV4 = {
  external_id: text(128),
  timestamp: text(64),
  service: z.object({ callback_url: z.string().optional() }).optional(),
};

const paymentsOfV4 = z
  .array(z.object({ ...payment, sum: kopecks(largest.v4).nullish() }))
  .min(1)
  .max(10);

/** Document of v4: its schema is open, unknown members are ignored. */
export const documentOfV4 = z.object({
  ...envelopeOfV4,
  receipt: z.object({
    client: z
      .object({
        email: text(64).optional(),
        phone: text(64).optional(),
        name: text(256).optional(),
        inn: inn.optional(),
      })
      .refine(({ email, phone: number }) => email !== undefined || number !== undefined, 'client'),
    company: z.object({
      email: text(64).optional(),
      sno: taxSystem.optional(),
      inn,
      payment_address: text(256),
    }),
    items: z
      .array(
        z.object({
          name: text(128),
          price: kopecks(largest.v4),
          quantity: z.number().min(0.000001).max(99_999_999),
          sum: kopecks(largest.v4),
          measurement_unit: text(16).optional(),
          payment_method: paymentMethod.optional(),
          payment_object: z.enum(objectTexts).optional(),
          vat: z.object(vat),
          agent_info: z.object({ type: agentType }).optional(),
          supplier_info: z
            .object({ phones: z.array(phone).optional(), name: text(256).optional(), inn })
            .optional(),
        }),
      )
      .min(1)
      .max(100),
    payments: paymentsOfV4,
    total: kopecks(largest.v4),
    additional_user_props: z.object(userProps).optional(),
    internet: z.boolean().optional(),
  }),
});

const sectoral = z.array(
  z.strictObject({
    federal_id: z.string().regex(/^0(0[1-9]|[1-6]\d|7[0-3])$/),
    date,
    number: text(32),
    value: text(256),
  }),
);

const markCodes = {
  unknown: text(32),
  ean8: z.string().length(8),
  ean13: z.string().length(13),
  itf14: z.string().length(14),
  gs10: text(38),
  gs1m: z.base64().min(1).max(200),
  short: text(38),
  fur: z.string().regex(/^.{2}-[0-9]{6}-.{10}$/),
  egais20: z.string().length(23),
  egais30: z.string().length(14),
};

const paying: readonly string[] = [
  'bank_paying_agent',
  'bank_paying_subagent',
  'paying_agent',
  'paying_subagent',
];

const itemOfV5 = z
  .strictObject({
    name: text(128),
    price: kopecks(largest.v5),
    quantity: z.number().min(0.001).max(99_999.999).refine(hasDecimals(3), 'multipleOf'),
    sum: kopecks(largest.v5),
    measure: z.literal(measureNumbers),
    payment_method: paymentMethod,
    payment_object: z.literal(objectNumbers),
    vat: z.strictObject(vat),
    mark_code: z
      .strictObject(z.object(markCodes).partial().shape)
      .refine((codes) => Object.keys(codes).length === 1, 'mark_code')
      .optional(),
    mark_quantity: z
      .strictObject({ numerator: z.int().min(1), denominator: z.int().min(1) })
      .refine(({ numerator, denominator }) => numerator < denominator, 'mark_quantity')
      .optional(),
    mark_processing_mode: z.literal('0').optional(),
    planned_status: z.int().min(1).max(6).optional(),
    sectoral_item_props: sectoral.optional(),
    agent_info: z.strictObject({ type: agentType }).optional(),
    supplier_info: z
      .strictObject({ phones: z.array(phone).optional(), name: text(256).optional(), inn })
      .optional(),
  })
  .refine(({ mark_code, quantity }) => mark_code === undefined || quantity === 1, 'quantity')
  .refine(
    ({ mark_code, planned_status }) =>
      (mark_code?.gs1m === undefined && mark_code?.short === undefined) || planned_status !== undefined,
    'planned_status',
  )
  .refine(
    ({ mark_quantity, mark_code, measure }) =>
      mark_quantity === undefined || (mark_code !== undefined && measure === 0),
    'mark_quantity',
  )
  .refine(
    ({ agent_info, supplier_info }) => agent_info === undefined || supplier_info !== undefined,
    'supplier_info',
  )
  .refine(
    ({ agent_info, supplier_info }) =>
      !paying.includes(agent_info?.type ?? '') ||
      (supplier_info?.name !== undefined && (supplier_info.phones ?? []).length > 0),
    'supplier_info',
  );

export const envelopeOfV5 = {
  external_id: text(128),
  timestamp: time,
  ism_optional: z.boolean().optional(),
  service: z
    .strictObject({
      callback_url: z
        .string()
        .max(256)
        .regex(/^https?:\/\//)
        .optional(),
    })
    .optional(),
};

export const clientOfV5 = z
  .strictObject({
    email: z.union([z.literal('none'), text(64).regex(/@/)]).optional(),
    phone: z
      .string()
      .regex(/^(none|\+[0-9]{1,18})$/)
      .optional(),
    name: text(256).optional(),
    inn: inn.optional(),
  })
  .refine(({ email, phone: number }) => email !== undefined || number !== undefined, 'client');

export const contentOfV5 = {
  client: clientOfV5,
  company: z.strictObject({
    email: z.union([z.literal('none'), text(64).regex(/@/)]),
    sno: taxSystem,
    inn,
    payment_address: text(256),
  }),
  items: z.array(itemOfV5).min(1).max(100),
  payments: z
    .array(z.strictObject({ ...payment, sum: kopecks(largest.v5) }))
    .min(1)
    .max(10),
  total: kopecks(largest.v5),
  additional_user_props: z.strictObject(userProps).optional(),
  sectoral_check_props: sectoral.optional(),
  operating_check_props: z
    .strictObject({ name: z.literal('0'), value: text(64), timestamp: time })
    .optional(),
  internet: z.boolean().optional(),
};

/** Document of v5: no member may be unknown. */
export const documentOfV5 = z.strictObject({ ...envelopeOfV5, receipt: z.strictObject(contentOfV5) });
