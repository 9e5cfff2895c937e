import type { VatCode } from '../receipt/enumerations/vat-codes.js';

/** The calculated form of each plain rate in Russia (tag 1199), which money taken before delivery is taxed at; none of 0 % and of no VAT. */
export const calculatedVatCodes: Readonly<Partial<Record<VatCode, VatCode>>> = {
  vat_5: 'vat_105',
  vat_7: 'vat_107',
  vat_10: 'vat_110',
  vat_20: 'vat_120',
  vat_22: 'vat_122',
};
