import { describe, expect, it } from 'vitest';
import { readCommand } from './command-line.js';

describe('the command line', () => {
  it.each([
    [[], { kind: 'publish', dryRun: false, registry: undefined }],
    [['--dry-run'], { kind: 'publish', dryRun: true, registry: undefined }],
    [
      ['--registry', 'http://127.0.0.1:4873'],
      { kind: 'publish', dryRun: false, registry: 'http://127.0.0.1:4873/' },
    ],
    [['version'], { kind: 'version' }],
    [['schemas-check'], { kind: 'schemas-check' }],
    [['version', '--help'], { kind: 'help' }],
  ])('%j', (commandLine, command) => {
    expect(readCommand(commandLine)).toEqual(command);
  });

  it.each([
    [['--dryrun']],
    [['--registry', 'elsewhere']],
    [['publish', 'all']],
    [['unpublish']],
    [['version', '--dry-run']],
  ])('refuses %j', (commandLine) => {
    expect(() => readCommand(commandLine)).toThrow();
  });
});
