/** What a value means, in the languages of those who read receipts. */
export interface Meaning {
  readonly ru: string;
  readonly uz: string;
  readonly en: string;
}

/** Writes a meaning: Russian, Uzbek, English. */
export function meaning(ru: string, uz: string, en: string): Meaning {
  return { ru, uz, en };
}

/** The meaning of every value of an enumeration. */
export type Meanings<Name extends string> = Readonly<Record<Name, Meaning>>;
