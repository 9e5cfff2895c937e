import type { Arbitrary } from 'fast-check';

/** A fuzz target: a generator of inputs, and a property that must hold for every input. */
export interface Target<Input> {
  readonly name: string;
  /** Generates inputs, and shrinks one that failed. */
  readonly input: Arbitrary<Input>;
  /** Throws a violation of the property. */
  check(input: Input): void | Promise<void>;
  /** Share of the time, as a multiple of the default; 1 when absent. */
  readonly share?: number;
}

/** A target without the type of its input. */
export type AnyTarget = Target<unknown>;

/** Hides the type of a target's input, so that all targets can be in one list. */
export function sealed<Input>({ check, ...target }: Target<Input>): AnyTarget {
  return { ...target, check: (value) => check(value as Input) };
}
