import { variables } from './variables.js';

/** What `--help` prints of the settings. */
export function settingsHelp(): string {
  const width = Math.max(...variables.map(({ name }) => name.length)) + 2;
  const row = (name: string, help: string) => `  ${name.padEnd(width)}${help}`;
  return [
    'Settings, from the environment:',
    row('FISCALKIT_CONFIG', 'JSON file with the same settings, and more than one merchant (none)'),
    row('FISCALKIT_DEMO', '1: the demo merchant, on this machine only (off)'),
    ...variables.map(({ name, help }) => row(name, help)),
    '',
    'A secret may also be given as the path of a file, in the variable with _FILE behind its name.',
  ].join('\n');
}
