import { hash } from 'node:crypto';

/** Random choices that depend on seed and topic alone: parts of a plan do not change each other. */
export class Chance {
  readonly #origin: string;
  #drawn = 0;

  constructor(seed: number, topic: string) {
    this.#origin = `${seed}:${topic}`;
  }

  /** Returns a number from 0 to 1, 1 excluded. */
  draw(): number {
    this.#drawn += 1;
    const digest = hash('sha256', `${this.#origin}:${this.#drawn}`, 'buffer');
    return digest.readUIntBE(0, 6) / 2 ** 48;
  }

  /** Returns a whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.draw() * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.draw() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  /** Returns one of the choices with the probability of its weight. */
  weighted<T>(choices: readonly [Weighted<T>, ...Weighted<T>[]]): T {
    let left = this.draw() * choices.reduce((sum, { weight }) => sum + weight, 0);
    for (const { weight, choice } of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return choices[0].choice;
  }
}

/** A choice, and its weight against the others. */
export interface Weighted<T> {
  readonly weight: number;
  readonly choice: T;
}
