/** A violation, and how to see it again. */
export interface Finding {
  readonly target: string;
  readonly seed: number;
  /** Where in the run of that seed the minimised input is; `null` when the run ended without one. */
  readonly path: string | null;
  /** The minimised input. */
  readonly input: string;
  readonly violation: string;
}

/** The command that shows a finding again. */
export function commandOf({ target, seed, path }: Finding): string {
  const options = ['--target', target, '--seed', String(seed), ...(path === null ? [] : ['--path', path])];
  return `npm run fuzz -- ${options.join(' ')}`;
}
