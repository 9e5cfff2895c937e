import type { Check } from '../packed/packed-package.js';

/** What users have no use for, and why it is kept from them. */
const leftovers: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['leftovers.source', /^src\/|(?<!\.d)\.[cm]?tsx?$/],
  ['leftovers.test', /\.(test|spec|fixture|contract)\./],
  ['leftovers.source-map', /\.map$/],
  ['leftovers.build', /\.tsbuildinfo$|(^|\/)tsconfig[^/]*\.json$|(^|\/)\.turbo\//],
  ['leftovers.hidden', /(^|\/)\.[^/]/],
  ['leftovers.packed', /\.tgz$|(^|\/)node_modules\//],
];

/** Nothing is packed but what runs, what types it, and what a person reads. Source maps would name sources that are not there. */
export const noLeftovers: Check = ({ files }) =>
  [...files.keys()].flatMap((path) =>
    leftovers.filter(([, pattern]) => pattern.test(path)).map(([code]) => ({ code, message: path })),
  );
