/** What of a package is measured. */
export interface MeasuredPackage {
  /** As a contestant. */
  readonly name: string;
  readonly isOurs: boolean;
  /** What a program imports of it. */
  readonly entry: string;
  /** The packages that it needs to be of use, itself first: their sizes are added up. */
  readonly packages: readonly string[];
}

/** The package that its name stands for, imported by its name. */
export function packageOf(name: string, isOurs: boolean): MeasuredPackage {
  return { name, isOurs, entry: name, packages: [name] };
}
