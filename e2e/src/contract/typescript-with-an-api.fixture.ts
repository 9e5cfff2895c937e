// For `node --import`: hands whoever asks for `typescript` one with a programming interface, which TypeScript 7 has none of. The
// checker of packages brings such a one.
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const release = createRequire(new URL('../../../tools/release/package.json', import.meta.url));
const checker = createRequire(release.resolve('@arethetypeswrong/core'));
const url = pathToFileURL(checker.resolve('typescript')).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript' ? { url, format: 'commonjs', shortCircuit: true } : next(specifier, context),
});
