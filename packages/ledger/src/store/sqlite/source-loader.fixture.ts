import { registerHooks } from 'node:module';

/**
 * Lets a bare Node process run this package's sources: it strips the types, and is told here that `.js` names
 * a `.ts` file.
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const ownSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return nextResolve(ownSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
