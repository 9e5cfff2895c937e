// Loaded into a gateway before anything else: whatever imports the ledger gets the mutated one in its place.
import { registerHooks } from 'node:module';

const ledger = import.meta.resolve('@fiscalkit/ledger');
const mutated = import.meta.url.replace('replace-ledger', 'mutated-ledger');

registerHooks({
  resolve(specifier, context, nextResolve) {
    const resolved = nextResolve(specifier, context);
    const isReplaced = resolved.url === ledger && context.parentURL !== mutated;
    return isReplaced ? { url: mutated, shortCircuit: true } : resolved;
  },
});
