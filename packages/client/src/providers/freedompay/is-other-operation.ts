import { operationTypes } from '@fiscalkit/schemas';
import { foldWord } from './fold-word.js';

/** Whether a shown operation surely differs from the sent one: an unknown word may mean the same. */
export function isOtherOperation(sent: string, shown: string | null): boolean {
  const understood = foldWord(shown, operationTypes);
  return understood !== null && understood !== foldWord(sent, operationTypes);
}
