/** Receipt formats: FFD 1.05 and FFD 1.2 in Russia, and the Uzbek receipt. */
export const receiptFormats = ['ru_1_05', 'ru_1_2', 'uz_1_0'] as const;

export type ReceiptFormat = (typeof receiptFormats)[number];

/** Countries with a receipt format. */
export type Country = 'ru' | 'uz';

/** Returns the country of a receipt format. */
export function countryOf(format: ReceiptFormat): Country {
  return format === 'uz_1_0' ? 'uz' : 'ru';
}

/** Largest price, sum and total of a country, in minor units (kopecks, tiyin). */
export const maximumAmountMinor: Readonly<Record<Country, number>> = {
  ru: 4_294_967_295,
  uz: 999_999_999_999,
};

/** Currency of a country's amounts. */
export const currencyUnits: Readonly<Record<Country, string>> = { ru: 'roubles', uz: 'sums' };
