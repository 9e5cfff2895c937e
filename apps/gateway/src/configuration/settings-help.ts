import { settings } from './configuration.js';
import type { Setting } from './setting.js';

/** Settings that only the environment has. */
const ofTheEnvironment = [
  ['FISCALKIT_CONFIG', 'JSON file with the same settings, and more than one merchant (none)'],
  ['FISCALKIT_DEMO', '1: the demo merchant, on this machine only (off)'],
] as const;

/** Returns the part of `--help` on the settings. */
export function settingsHelp(): string {
  const rows = [
    ...ofTheEnvironment,
    ...settings.flatMap((setting) =>
      setting.variable ? [[setting.variable, withDefault(setting)] as const] : [],
    ),
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return [
    'Settings, from the environment:',
    ...rows.map(([name, help]) => `  ${name.padEnd(width)}${help}`),
    '',
    'A secret may also be given as the path of a file, in the variable with _FILE behind its name.',
  ].join('\n');
}

function withDefault({ help, absent, default: value }: Setting): string {
  const shown = typeof value === 'boolean' ? Number(value) : value;
  const words = absent ?? (shown === undefined ? '' : String(shown) || 'none');
  return words === '' ? help : `${help} (${words})`;
}
