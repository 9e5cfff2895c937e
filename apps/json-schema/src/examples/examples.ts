import type { Example } from './example.js';
import { faultyExamples } from './faulty-examples.js';
import { soundExamples } from './sound-examples.js';
import { textExamples } from './text-examples.js';

/** Every example, in the order of its file. */
export function allExamples(): Example[] {
  const examples = [...soundExamples(), ...faultyExamples(), ...textExamples];
  return examples.sort((left, right) => (left.file < right.file ? -1 : 1));
}
