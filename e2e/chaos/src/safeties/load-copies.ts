// Loaded into a gateway before anything else: gives it changed copies of some modules in place of the modules themselves.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const copies: Record<string, string> = JSON.parse(process.env.LABORATORY_COPIES ?? '{}');

registerHooks({
  load(url, context, nextLoad) {
    const copy = copies[url];
    if (copy === undefined) return nextLoad(url, context);
    return { format: 'module', source: readFileSync(copy), shortCircuit: true };
  },
});
