import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { type Check, type Flaw, textOf } from '../packed/packed-package.js';
import { declarationOf, isCompiled } from './is-compiled.js';

const statement =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm;

/**
 * Reports imports that are neither packed nor asked for by the manifest; users do not get development
 * dependencies.
 */
export const imports: Check = (packed) => {
  const { name, dependencies, optionalDependencies, peerDependencies } = packed.manifest;
  const declared = { [name]: '', ...dependencies, ...optionalDependencies, ...peerDependencies };
  return [...packed.files.keys()]
    .filter((path) => isCompiled(path, packed.files) || isDeclaration(path))
    .flatMap((path) => specifiersIn(textOf(packed, path)).map((specifier) => ({ path, specifier })))
    .flatMap(({ path, specifier }): Flaw[] => {
      const message = `${path} imports ${specifier}.`;
      if (specifier.startsWith('.')) {
        const target = join(dirname(path), specifier);
        // A declaration imports another by the name of its script.
        const isPacked = packed.files.has(isDeclaration(path) ? declarationOf(target) : target);
        return isPacked ? [] : [{ code: 'imports.not-packed', message }];
      }
      const isKnown = isBuiltin(specifier) || packageOf(specifier) in declared;
      return isKnown ? [] : [{ code: 'imports.undeclared', message }];
    });
};

const isDeclaration = (path: string) => /\.d\.c?ts$/.test(path);

function specifiersIn(text: string): readonly string[] {
  const found = [...text.matchAll(statement)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
  return [...new Set(found)];
}

function packageOf(specifier: string): string {
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;
}
