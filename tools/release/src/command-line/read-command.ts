import { parseArgs } from 'node:util';

/** What the program is asked to do. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'schemas-check' }
  | { readonly kind: 'publish'; readonly dryRun: boolean; readonly registry: string | undefined };

const options = {
  help: { type: 'boolean', short: 'h' },
  'dry-run': { type: 'boolean' },
  registry: { type: 'string' },
} as const;

/** Reads a command line. Throws for what it does not know. */
export function readCommand(commandLine: readonly string[]): Command {
  const { values, positionals } = parseArgs({ args: [...commandLine], options, allowPositionals: true });
  const [kind = 'publish', ...more] = positionals;
  if (values.help) return { kind: 'help' };
  if (more.length > 0) throw new Error(`What is ${more.join(' ')}?`);
  const { registry, 'dry-run': dryRun = false } = values;
  if (kind === 'publish') return { kind, dryRun, registry: registry && new URL(registry).href };
  if (registry !== undefined || dryRun) throw new Error(`${kind} takes no option.`);
  if (kind === 'version' || kind === 'schemas-check') return { kind };
  throw new Error(`What is ${kind}?`);
}
