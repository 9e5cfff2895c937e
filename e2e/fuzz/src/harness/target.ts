import type { Arbitrary } from 'fast-check';

/** One thing that is fuzzed: what it is fed with, and what must hold of every such input. */
export interface Target<Input> {
  readonly name: string;
  /** Makes inputs from a seed, and smaller ones from one that failed. */
  readonly input: Arbitrary<Input>;
  /** Throws what is wrong. */
  check(input: Input): void | Promise<void>;
  /** How many times the usual share of the time it gets; 1 when absent. */
  readonly share?: number;
}

/** A target whose kind of input only itself knows. */
export type AnyTarget = Target<unknown>;

/** Hides what a target is fed with, so that all of them can stand in one list. */
export function sealed<Input>({ check, ...target }: Target<Input>): AnyTarget {
  return { ...target, check: (value) => check(value as Input) };
}
