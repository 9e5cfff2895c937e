import type { RegisterDependencies } from '../register-dependencies.js';
import type { OrangedataOptions } from './account.js';
import type { OrangedataRepository } from './orangedata-repository.js';

/** Dependencies of the emulated OrangeData. */
export interface OrangedataDependencies extends RegisterDependencies {
  readonly options: OrangedataOptions;
  readonly documents: OrangedataRepository;
}
