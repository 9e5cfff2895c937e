import type { z } from 'zod';

/** A document of the public contract, under the name of its published JSON Schema. */
export interface PublicDocument {
  /** Kebab-case, permanent; also the name of its file. */
  readonly name: string;
  readonly schema: z.ZodType;
  readonly title: string;
  readonly description: string;
  /** `request` is written by callers and has an input and an output variant, `answer` is printed by us. */
  readonly direction: 'request' | 'answer';
  /** Whether members that may be left out may also be `null` or `""`; the zod schema alone does not say so. */
  readonly readsAbsent?: true;
  /** Valid documents, fit to be shown. */
  readonly examples: readonly unknown[];
}
