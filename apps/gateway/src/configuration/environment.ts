import type { Setting } from './setting.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of the file, not checked yet. */
export type SettingsTree = { [key: string]: unknown };

const flags: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
]);

/** Returns the value of a variable; a secret stays a reference to its variable or file. */
function settingOf(name: string, kind: Setting['kind'], environment: Environment): unknown {
  const text = environment[name];
  if (kind === 'secret') {
    const file = environment[`${name}_FILE`];
    if (file) return { file };
    return text === undefined ? undefined : { env: name };
  }
  if (text === undefined || text === '') return undefined;
  if (kind === 'text') return text;
  if (kind === 'flag') return flags.get(text) ?? text;
  if (text === 'none') return null;
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * Sets the value at a path of the tree; creates the objects and arrays on the way. Anything else that the file
 * has in their place stays, to be refused.
 */
function setAt(tree: object, [key, ...rest]: Setting['path'], value: unknown): void {
  if (key === undefined) return;
  if (rest.length === 0) {
    Reflect.set(tree, key, value);
    return;
  }
  const child: unknown = Reflect.get(tree, key) ?? (typeof rest[0] === 'number' ? [] : {});
  if (typeof child !== 'object' || child === null) return;
  Reflect.set(tree, key, child);
  setAt(child, rest, value);
}

/** Sets the values of the environment's variables in the tree. */
export function applyEnvironment(
  tree: SettingsTree,
  environment: Environment,
  settings: readonly Setting[],
): void {
  for (const { variable, kind, path } of settings) {
    const value = variable && settingOf(variable, kind, environment);
    if (value !== undefined) setAt(tree, path, value);
  }
}
