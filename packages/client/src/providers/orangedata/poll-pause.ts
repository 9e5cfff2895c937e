import { orangedataChoices } from './choices.js';

/** Returns the pause before the next question about a document, in milliseconds, by its age. */
export function pollPauseMs(ageMs: number, firstMs: number): number {
  const step = orangedataChoices.pollSteps.find(({ untilAge }) => ageMs < untilAge * firstMs);
  return firstMs * (step?.pause ?? 1);
}
