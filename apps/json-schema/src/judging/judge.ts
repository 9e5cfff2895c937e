import type { Dialect } from '../schemas/json-schema.js';

/** A validator that others wrote, in another language. */
export interface Judge {
  readonly name: string;
  /** The language's program as Debian installs it; another one would not see Debian's packages. */
  readonly program: string;
  /** Arguments with which the program ends with 0 when the validator is there. */
  readonly presence: readonly string[];
  /** Its file below `judges/`. */
  readonly file: string;
  /** The schemas that it reads. */
  readonly dialect: Dialect;
  /** The packages of Debian that it needs. */
  readonly packages: readonly string[];
}
