import { z } from 'zod';

const text = (longest: number) => z.string().min(1).max(longest);
const largest = 99_999_999.99;
const kopecks = z.number().min(0).max(largest).refine(hasDecimals(2), 'decimals');
const inn = z.string().regex(/^(\d{10}|\d{12})$/);
const phone = z.string().regex(/^\+\d{1,18}$/);
/** What begins as a phone must be one; the form of an e-mail is nobody's to check. */
const contact = z.union([phone, text(64).regex(/^[^+]/)]);
const date = z.string().regex(/^\d{2}\.\d{2}\.\d{4}$/);
const localTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);

/** Returns the check that a number, as JSON writes it, has no more decimals. */
function hasDecimals(most: number): (value: number) => boolean {
  return (value) => Number(value.toFixed(most)) === value;
}

const industryAttribute = z.strictObject({
  foivId: text(3),
  causeDocumentDate: date,
  causeDocumentNumber: text(32),
  value: text(239),
});

const agency = {
  agentType: z.int().min(1).max(127).optional(),
  supplierInfo: z
    .strictObject({ phoneNumbers: z.array(phone).optional(), name: text(239).optional() })
    .optional(),
  supplierINN: inn.optional(),
};

const lastPlainSubject = 26;
const subjects = [...Array.from({ length: 27 }, (_, index) => index + 1), 30, 31, 32, 33];

const commonPosition = {
  text: text(128),
  quantity: z.number().min(0.000001).max(281_474_976.710655).refine(hasDecimals(6), 'decimals'),
  price: kopecks,
  tax: z.int().min(1).max(10),
  paymentMethodType: z.int().min(1).max(7),
  ...agency,
};

const plainPosition = z.strictObject({
  ...commonPosition,
  paymentSubjectType: z.int().min(1).max(lastPlainSubject),
  unitOfMeasurement: text(16).optional(),
});

const barcodes = z.strictObject({
  ean8: z.string().length(8).optional(),
  ean13: z.string().length(13).optional(),
  itf14: z.string().length(14).optional(),
  gs1: text(38).optional(),
  mi: z.string().length(20).optional(),
  egais20: z.string().length(23).optional(),
  egais30: z.string().length(14).optional(),
});

const markedPosition = z
  .strictObject({
    ...commonPosition,
    paymentSubjectType: z.literal(subjects),
    quantityMeasurementUnit: z.int().min(0).max(255),
    itemCode: text(223).optional(),
    plannedStatus: z.literal([1, 2, 3, 4, 5, 6, 255]).optional(),
    barcodes: barcodes.optional(),
    fractionalQuantity: z
      .strictObject({ numerator: z.int().min(1), denominator: z.int().min(1) })
      .refine(({ numerator, denominator }) => numerator < denominator, 'fractionalQuantity')
      .optional(),
    industryAttributes: z.array(industryAttribute).optional(),
  })
  .refine(
    ({ itemCode, plannedStatus }) => (itemCode === undefined) === (plannedStatus === undefined),
    'plannedStatus',
  );

const payment = z.strictObject({ type: z.literal([1, 2, 14, 15, 16]), amount: kopecks });
const taxationSystem = z.int().min(0).max(5);

const commonContent = {
  type: z.int().min(1).max(4),
  checkClose: z.strictObject({ payments: z.array(payment).min(1).max(16), taxationSystem }),
  customerContact: contact,
  senderEmail: z.union([z.literal('none'), text(64).regex(/@/)]).optional(),
  totalSum: kopecks,
  useTax20: z.boolean().optional(),
  additionalUserAttribute: z
    .strictObject({ name: text(64), value: text(234) })
    .refine(({ name, value }) => name.length + value.length <= 235, 'together')
    .optional(),
  isInternetStore: z.boolean().optional(),
};

const plainContent = {
  ...commonContent,
  ffdVersion: z.literal(2),
  positions: z.array(plainPosition).min(1).max(250),
  customer: text(243).optional(),
  customerINN: inn.optional(),
};

const markedContent = {
  ...commonContent,
  ffdVersion: z.literal(4),
  positions: z.array(markedPosition).min(1).max(250),
  customerInfo: z.strictObject({ name: text(239).optional(), inn: inn.optional() }).optional(),
  industryAttribute: industryAttribute.optional(),
  operationalAttribute: z
    .strictObject({ date: localTime, id: z.int().min(0).max(255), value: text(64) })
    .optional(),
};

const ground = {
  correctionType: z.literal([0, 1]),
  causeDocumentDate: z.string().regex(/^\d{4}-\d{2}-\d{2}T00:00:00$/),
  causeDocumentNumber: text(32).optional(),
};

const sum = kopecks.optional();

const plainCorrection = {
  ...ground,
  ffdVersion: z.literal(2),
  type: z.literal([1, 3]),
  totalSum: kopecks,
  cashSum: sum,
  eCashSum: sum,
  prepaymentSum: sum,
  postpaymentSum: sum,
  otherPaymentTypeSum: sum,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`tax${index + 1}Sum`, sum])),
  taxationSystem,
  customerContact: contact.optional(),
  senderEmail: text(64).optional(),
};

const isNumbered = ({
  correctionType,
  causeDocumentNumber,
}: {
  correctionType: number;
  causeDocumentNumber?: string | undefined;
}) => correctionType === 0 || causeDocumentNumber !== undefined;

const envelope = {
  id: text(64),
  inn,
  group: text(32).nullish(),
  key: text(32),
  callbackUrl: text(1024).optional(),
  callbackApiKey: text(3072).optional(),
  meta: text(128).optional(),
  ignoreItemCodeCheck: z.boolean().optional(),
};

/** Documents by their path and the format of the group; no member may be unknown. */
export const documentSchemas = {
  ru_1_05: {
    documents: z.strictObject({ ...envelope, content: z.strictObject(plainContent) }),
    corrections: z.strictObject({
      ...envelope,
      content: z.strictObject(plainCorrection).refine(isNumbered, 'causeDocumentNumber'),
    }),
    correction12: null,
  },
  ru_1_2: {
    documents: z.strictObject({ ...envelope, content: z.strictObject(markedContent) }),
    corrections: null,
    correction12: z.strictObject({
      ...envelope,
      content: z.strictObject({ ...markedContent, ...ground }).refine(isNumbered, 'causeDocumentNumber'),
    }),
  },
} as const;

/** Document of any kind, as far as the register looks at it. */
export interface OrangedataDocument {
  readonly id: string;
  readonly inn: string;
  readonly callbackUrl?: string | undefined;
  readonly meta?: string | undefined;
  readonly content: {
    readonly type: number;
    readonly totalSum: number;
    readonly correctionType?: number | undefined;
    readonly causeDocumentDate?: string | undefined;
    readonly causeDocumentNumber?: string | undefined;
    readonly positions?: readonly {
      readonly text: string;
      readonly quantity: number;
      readonly price: number;
      readonly tax: number;
      readonly paymentMethodType: number;
      readonly itemCode?: string | undefined;
    }[];
    readonly checkClose?: {
      readonly payments: readonly { readonly type: number; readonly amount: number }[];
    };
  };
}
