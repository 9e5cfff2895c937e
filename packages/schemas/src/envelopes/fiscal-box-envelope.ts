/** A successful answer of FiscalBox. */
export interface FiscalBoxSuccess<Data> {
  readonly data: Data;
  readonly error: null;
  readonly is_success: true;
}

/** What FiscalBox says of a failure. */
export interface FiscalBoxError {
  readonly code: number;
  readonly message: string;
  /** Further details; `null` when there are none. */
  readonly data: unknown;
}

/** A failed answer of FiscalBox; it comes with HTTP 200 as well. */
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
