import { parseArgs } from 'node:util';

/** A command of the program. */
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

/** Parses a command line. Throws for unknown arguments. */
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

/** The text of `--help`. */
export const usage = `Versions, checks and publishes the packages.

  npm run release                 build, pack, check and publish every package whose version is not published yet
    -- --dry-run                  all but publish; goes on where a release would be refused
    -- --registry URL             publish there, and not where npm is set to
  npm run release:version         turn changesets into versions and changelogs, and keep the schemas of a new version
  npm run schemas:check           compare the schemas with the last released ones
  npm run release -- --help       this text

A release is refused while files are not committed or changesets have no version. All packages are checked before the
first is published; a repeat goes on where the last one stopped.
`;
