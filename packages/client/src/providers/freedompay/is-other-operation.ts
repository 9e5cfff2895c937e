import { operationTypes } from '@fiscalkit/schemas';
import { foldWord } from './fold-word.js';

/** Whether a shown operation is surely not the one that was sent: a word that is not understood may be the same kind. */
export function isOtherOperation(sent: string, shown: string | null): boolean {
  const understood = foldWord(shown, operationTypes);
  return understood !== null && understood !== foldWord(sent, operationTypes);
}
