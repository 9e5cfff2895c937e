/** One environment variable: what it sets in the configuration, and what `--help` says of it. */
export interface Variable {
  readonly name: string;
  /** Path of the setting in the configuration file. */
  readonly path: readonly (string | number)[];
  /** A number may be `none`; a flag is `1` or `0`; a secret may be in the file that the variable with `_FILE` names. */
  readonly kind: 'text' | 'number' | 'flag' | 'secret';
  readonly help: string;
}
