/**
 * What a difference does to the set of documents that a schema allows: fewer than before, more than before, a field more, nothing
 * (words for people), or something that only a person can judge.
 */
export type Effect = 'narrows' | 'widens' | 'adds' | 'describes' | 'changes';

/** One difference between the released schema of a document and today's. */
export interface Difference {
  /** The field, as `positions[].price`; empty for the document itself. */
  readonly path: string;
  readonly keyword: string;
  readonly effect: Effect;
  /** What was and what is, for people. */
  readonly text: string;
}

/** The effect that the same difference has inside a `not`. */
export function invert(effect: Effect): Effect {
  if (effect === 'narrows') return 'widens';
  return effect === 'widens' || effect === 'adds' ? 'narrows' : effect;
}
