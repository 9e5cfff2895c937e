import type { RegisterDependencies } from '../register-dependencies.js';
import type { AtolRepository } from './atol-repository.js';
import type { AtolOptions } from './group.js';

/** Dependencies of the emulated ATOL Online. */
export interface AtolDependencies extends RegisterDependencies {
  readonly options: AtolOptions;
  readonly documents: AtolRepository;
}
