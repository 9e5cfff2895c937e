/** The meaning of a value in the languages of those who read receipts. */
export interface Meaning {
  readonly ru: string;
  readonly uz: string;
  readonly en: string;
}

/** Returns a meaning from its texts in Russian, Uzbek and English. */
export function meaning(ru: string, uz: string, en: string): Meaning {
  return { ru, uz, en };
}

/** The meaning of every value of an enumeration. */
export type Meanings<Name extends string> = Readonly<Record<Name, Meaning>>;
