import { type ConfirmationData, confirmationDataSchemas, type Wallet } from '@fiscalkit/schemas';

/** The `data` of an answer, as its wallet means it. */
export interface ConfirmationReading {
  /** Normalised, without buyer data. */
  readonly data: ConfirmationData;
  /** The wallet's id of the payment, as text. */
  readonly paymentId: string | null;
  /** Set when the wallet failed although FiscalBox reports success; its code, where it gives one. */
  readonly failure: { readonly code: string | null } | null;
}

type Scalar = string | number | null;
type Reader = (data: unknown) => ConfirmationReading | null;
type Facts = { paymentId: Scalar; failed: boolean; code: Scalar };

const readers: Readonly<Record<Wallet, Reader>> = {
  anor: reader(confirmationDataSchemas.anor, ({ payment_id, error_code }) => ({
    paymentId: payment_id,
    failed: isFailure(error_code),
    code: error_code,
  })),
  click: reader(confirmationDataSchemas.click, ({ payment_id, status, error }) => ({
    paymentId: payment_id,
    failed: isFailure(error) || status === 'failed',
    code: error,
  })),
  payme: reader(confirmationDataSchemas.payme, ({ result, error }) =>
    // The receipt is the only thing by which Payme says that it has done its part.
    result?.receipt || isFailure(error)
      ? { paymentId: result?.receipt?._id ?? null, failed: isFailure(error), code: error }
      : null,
  ),
  uzum: reader(confirmationDataSchemas.uzum, ({ payment_id, payment_status, error_code }) => ({
    paymentId: payment_id,
    failed: isFailure(error_code) || payment_status === 'FAILED',
    code: error_code,
  })),
};

/** Reads the `data` of an answer for a wallet; `null` when it is not what the wallet answers. */
export function readConfirmationData(wallet: Wallet, data: unknown): ConfirmationReading | null {
  return readers[wallet](data);
}

function reader<Data extends ConfirmationData>(
  schema: { safeParse(data: unknown): { data?: Data | undefined } },
  factsOf: (data: Data) => Facts | null,
): Reader {
  return (input) => {
    const { data } = schema.safeParse(input);
    const facts = data ? factsOf(data) : null;
    if (!data || !facts) {
      return null;
    }
    const failure = facts.failed ? { code: textOf(facts.code) } : null;
    return { data: withoutBuyer(data), paymentId: idOf(facts.paymentId), failure };
  };
}

function withoutBuyer(data: ConfirmationData): ConfirmationData {
  return 'client_phone_number' in data ? { ...data, client_phone_number: null } : data;
}

function isFailure(code: Scalar): boolean {
  return code !== null && code !== '' && String(code) !== '0';
}

/** Ids go into the journal, which is never changed: what is not written like one is left out. */
function idOf(value: Scalar): string | null {
  const text = textOf(value);
  return text !== null && /^[\w.:-]{1,128}$/.test(text) ? text : null;
}

function textOf(value: Scalar): string | null {
  return value === null ? null : String(value);
}
