/**
 * VAT codes, with their value of tag 1199; `null` for Uzbek ones, which the tag does not know. The names of
 * 5, 7 and 22 per cent follow the provider's pattern.
 */
export const vatCodes = {
  none: 6,
  vat_0: 5,
  vat_5: 7,
  vat_7: 8,
  vat_10: 2,
  vat_20: 1,
  vat_22: 11,
  vat_105: 9,
  vat_107: 10,
  vat_110: 4,
  vat_120: 3,
  vat_122: 12,
  vat_6: null,
  vat_12: null,
  vat_112: null,
} as const;

export type VatCode = keyof typeof vatCodes;
