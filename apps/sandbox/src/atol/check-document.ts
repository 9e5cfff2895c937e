import type { z } from 'zod';
import { correctionOfV4, correctionOfV5 } from './correction-schema.js';
import { documentOfV4, documentOfV5 } from './document-schema.js';

const schemas = {
  v4: { receipt: documentOfV4, correction: correctionOfV4 },
  v5: { receipt: documentOfV5, correction: correctionOfV5 },
};

/** Receipt of either version, as far as the register looks at it. */
export type AtolReceiptDocument = z.output<typeof documentOfV4> | z.output<typeof documentOfV5>;

/** Document of either version and kind, as far as the register looks at it. */
export type AtolDocument =
  | AtolReceiptDocument
  | z.output<typeof correctionOfV4>
  | z.output<typeof correctionOfV5>;

/** Checks a document by the schema of a version and kind; returns its wrong fields if there are any. */
export function checkDocument(
  version: 'v4' | 'v5',
  kind: 'receipt' | 'correction',
  document: unknown,
):
  | { readonly ok: true; readonly document: AtolDocument }
  | { readonly ok: false; readonly fields: readonly string[] } {
  const check: z.ZodSafeParseResult<AtolDocument> = schemas[version][kind].safeParse(document);
  if (check.success) return { ok: true, document: check.data };
  const fields = check.error.issues.map(({ path, code }) => `${code}: #/${path.map(String).join('/')}`);
  return { ok: false, fields };
}
