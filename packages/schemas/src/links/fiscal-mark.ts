/** Proof of registration in Russia: what finds the document at the tax service. */
export interface RussianFiscalMark {
  readonly country: 'ru';
  /** Tag 1041, 16 digits. */
  readonly fiscal_storage_number: string;
  /** Tag 1040, decimal, at most 4294967295. */
  readonly fiscal_document_number: string;
  /** Tag 1077, decimal, at most 4294967295, leading zeros as received. */
  readonly fiscal_attribute: string;
  /** ISO 8601 on the register's clock: `2023-03-29T17:37:00+03:00`. */
  readonly registered_at: string;
}

/** Proof of registration in Uzbekistan: what finds the receipt at Soliq. */
export interface UzbekFiscalMark {
  readonly country: 'uz';
  /** Fiscal module: two letters and 12 digits. */
  readonly terminal_id: string;
  /** Number of the receipt in that module, decimal. */
  readonly receipt_number: string;
  /** 12 digits with their leading zeros. */
  readonly fiscal_sign: string;
  /** ISO 8601 on the register's clock: `2023-01-04T12:18:01+05:00`. */
  readonly registered_at: string;
}

/** Proof of registration, safe to store as JSON. */
export type FiscalMark = RussianFiscalMark | UzbekFiscalMark;
