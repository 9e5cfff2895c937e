/** Receipt formats: FFD 1.05 and FFD 1.2 in Russia, and the Uzbek receipt. */
export const receiptFormats = ['ru_1_05', 'ru_1_2', 'uz_1_0'] as const;

export type ReceiptFormat = (typeof receiptFormats)[number];

/** The countries whose receipts we know. */
export type Country = 'ru' | 'uz';

/** The country whose rules a receipt format follows. */
export function countryOf(format: ReceiptFormat): Country {
  return format === 'uz_1_0' ? 'uz' : 'ru';
}

/** The largest price, sum and total of a country, in minor units (kopecks, tiyin). */
export const maximumAmountMinor: Readonly<Record<Country, number>> = {
  ru: 4_294_967_295,
  uz: 999_999_999_999,
};

/** What amounts of a country are counted in. */
export const currencyUnits: Readonly<Record<Country, string>> = { ru: 'roubles', uz: 'sums' };
