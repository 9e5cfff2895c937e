import type { z } from 'zod';

/** Document of the public contract, under the name of its published JSON Schema. */
export interface PublicDocument {
  /** Kebab-case, permanent; also the name of its file. */
  readonly name: string;
  readonly schema: z.ZodType;
  readonly title: string;
  readonly description: string;
  /** `request` is written by callers and has an input and an output variant, `answer` is written by us. */
  readonly direction: 'request' | 'answer';
  /**
   * Marks a document whose optional members may also be `null` or `""`; the zod schema alone does not tell.
   */
  readonly readsAbsent?: true;
  /** Valid documents for the reference. */
  readonly examples: readonly unknown[];
}
