import { compareSchemas } from './compare-schemas.js';
import type { Difference } from './difference.js';
import { breaks, type PublishedSchemas, type Side, sideOf } from './published-schemas.js';

/** A difference, whose it is, and whether it breaks them. */
export interface Finding extends Difference {
  readonly document: string;
  readonly side: Side;
  readonly breaking: boolean;
}

/** Every difference between the schemas of the last release and today's. */
export function compareReleases(released: PublishedSchemas, current: PublishedSchemas): readonly Finding[] {
  const names = new Set([...Object.keys(released), ...Object.keys(current)]);
  return [...names].flatMap((document) => {
    const side = sideOf(document, document in released ? released : current);
    return differencesOf(released[document], current[document]).map((difference) => ({
      ...difference,
      document,
      side,
      breaking: breaks(side, difference.effect),
    }));
  });
}

function differencesOf(
  released: PublishedSchemas[string] | undefined,
  current: PublishedSchemas[string] | undefined,
): readonly Difference[] {
  const document = { path: '', keyword: 'document' };
  if (!released) return [{ ...document, effect: 'adds', text: 'the document is new' }];
  if (!current) return [{ ...document, effect: 'changes', text: 'the document is gone' }];
  return compareSchemas(released, current);
}
