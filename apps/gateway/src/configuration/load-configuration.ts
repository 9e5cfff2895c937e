import { readFileSync } from 'node:fs';
import { type Configuration, type ConfigurationFile, configurationSchema } from './configuration.js';
import { ConfigurationError } from './configuration-error.js';
import { contradictions } from './contradictions.js';
import { awayFromHome, demoEnvironment, demoValues } from './demo.js';
import { applyEnvironment, type Environment, type SettingsTree } from './environment.js';
import { readLedgerUrl } from './ledger-url.js';
import { readMerchants } from './merchant-secrets.js';
import { variables } from './variables.js';

function refuseFile(message: string): never {
  throw new ConfigurationError([{ setting: 'FISCALKIT_CONFIG', message }]);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return refuseFile(`the file ${path} can't be read`);
  }
}

function parseSettings(text: string, path: string): SettingsTree {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Told below, in our words: the parser's may quote the file.
  }
  return refuseFile(`the file ${path} is not a JSON object`);
}

function settingName(path: readonly PropertyKey[]): string {
  const dotted = path.join('.');
  const variable = variables.find((candidate) => candidate.path.join('.') === dotted);
  return variable ? `${dotted} (${variable.name})` : dotted;
}

function check(tree: SettingsTree): ConfigurationFile {
  const result = configurationSchema.safeParse(tree);
  if (result.success) return result.data;
  throw new ConfigurationError(
    result.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ setting: [...issue.path, key].join('.'), message: 'is not a setting' }))
        : [{ setting: settingName(issue.path), message: issue.message }],
    ),
  );
}

/**
 * Reads the configuration from the environment and from the file that `FISCALKIT_CONFIG` names. Throws a
 * `ConfigurationError` that names every fault.
 */
export function loadConfiguration(environment: Environment): Configuration {
  const demo = environment.FISCALKIT_DEMO === '1';
  const given: Environment = demo ? { ...demoEnvironment, ...environment } : environment;
  const path = given.FISCALKIT_CONFIG;
  const tree = path ? parseSettings(readText(path), path) : {};
  applyEnvironment(tree, given);
  const file = check(tree);
  const { merchants, faults } = readMerchants(file.merchants, given);
  const { ledgerUrl, faults: ledgerFaults } = readLedgerUrl(file.ledgerUrl, given);
  const configuration: Configuration = { ...file, ledgerUrl, merchants };
  const all = [
    ...faults,
    ...ledgerFaults,
    ...(demo ? awayFromHome(configuration) : demoValues(configuration)),
    ...contradictions(configuration),
  ];
  if (all.length > 0) throw new ConfigurationError(all);
  return configuration;
}
