/** Where packages are published. */
export interface Registry {
  /** The folder that npm runs in, whose settings name the registry when the command line does not. */
  readonly folder: string;
  /** What npm is told of the registry on its command line. */
  readonly options: readonly string[];
}

/** The registry at an address, or the one that npm is set to. */
export function registryAt(folder: string, address: string | undefined): Registry {
  return { folder, options: address === undefined ? [] : [`--registry=${address}`] };
}
