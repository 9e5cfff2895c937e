import { createKey, hashKey } from '../auth/api-keys.js';
import { noMoreThan, optionLines, readArguments } from './arguments.js';
import type { Command } from './terminal.js';

const options = { json: { type: 'boolean', help: 'print both as one JSON object' } } as const;

/** Creates a key for a caller or an administrator. */
export const newKey: Command = {
  name: 'new-key',
  summary: 'make a key for callers or administrators, and its hash for the configuration',
  help: () =>
    [
      'Usage: fiscalkit-gateway new-key',
      '',
      'Prints a fresh random key, once, and its hash. The key goes to whoever is to use it, as',
      'Authorization: Bearer KEY. The hash goes into the configuration (apiKeyHash, adminKeyHash, keyHash): it is no',
      'secret. For a key that is there already: printf %s "$KEY" | sha256sum',
      '',
      ...optionLines(options),
    ].join('\n'),
  async run(commandLine, terminal) {
    const { values, positionals } = readArguments(commandLine, options);
    noMoreThan(0, positionals);
    const key = createKey();
    const hash = hashKey(key);
    terminal.print(values.json ? JSON.stringify({ key, hash }) : `key   ${key}\nhash  ${hash}`);
    return 0;
  },
};
