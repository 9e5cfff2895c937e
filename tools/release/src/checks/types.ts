import { checkPackage, Package, type Problem } from '@arethetypeswrong/core';
import { type Check, type Flaw, textOf } from '../packed/packed-package.js';
import type { Manifest } from '../workspace/manifest.js';

/** Findings that are intended: a package that is ESM only, which `require()` loads. */
const intendedOfModules: readonly Problem['kind'][] = ['CJSResolvesToESM'];

/**
 * Reports entries whose types are not found by some kind of resolution: node10, node16 from both kinds of
 * module, bundlers.
 */
export const types: Check = async (packed) => {
  const { name, version } = packed.manifest;
  const files = [...packed.files.keys()].map((path) => [
    `/node_modules/${name}/${path}`,
    textOf(packed, path),
  ]);
  const result = await checkPackage(new Package(Object.fromEntries(files), name, version));
  if (!result.types) return [{ code: 'types.missing', message: 'There are no types.' }];
  const intended = hasCommonjs(packed.manifest.exports) ? [] : intendedOfModules;
  return result.problems.filter(({ kind }) => !intended.includes(kind)).map(flawOf);
};

/** Whether an entry is built for `require` too; then all of them must be. */
function hasCommonjs(exports: Manifest['exports'] = {}): boolean {
  return Object.values(exports).some((entry) => 'require' in Object(entry));
}

function flawOf(problem: Problem): Flaw {
  const place =
    'entrypoint' in problem ? `${problem.entrypoint} (${problem.resolutionKind})` : JSON.stringify(problem);
  const words = problem.kind.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
  return { code: `types.${words}`, message: place };
}
