import type { Check } from '../packed/packed-package.js';

/** Files that users do not need, by the code of the flaw. */
const leftovers: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['leftovers.source', /^src\/|(?<!\.d)\.[cm]?tsx?$/],
  ['leftovers.test', /\.(test|spec|fixture|contract)\./],
  ['leftovers.source-map', /\.map$/],
  ['leftovers.build', /\.tsbuildinfo$|(^|\/)tsconfig[^/]*\.json$|(^|\/)\.turbo\//],
  ['leftovers.hidden', /(^|\/)\.[^/]/],
  ['leftovers.packed', /\.tgz$|(^|\/)node_modules\//],
];

/**
 * Reports files that neither run, nor type, nor document. Source maps would name sources that are not packed.
 */
export const noLeftovers: Check = ({ files }) =>
  [...files.keys()].flatMap((path) =>
    leftovers.filter(([, pattern]) => pattern.test(path)).map(([code]) => ({ code, message: path })),
  );
