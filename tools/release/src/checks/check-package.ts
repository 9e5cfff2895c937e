import type { Check, Flaw, PackedPackage } from '../packed/packed-package.js';
import { documents } from './documents.js';
import { exports } from './exports.js';
import { imports } from './imports.js';
import { noLeftovers } from './leftovers.js';
import { manifest } from './manifest.js';
import { noPrivatePaths } from './private-paths.js';
import { size } from './size.js';
import { thirdPartyLicences } from './third-party-licences.js';
import { types } from './types.js';

const checks: readonly Check[] = [
  manifest,
  documents,
  thirdPartyLicences,
  noLeftovers,
  noPrivatePaths,
  imports,
  exports,
  types,
  size,
];

/** Lists the flaws of a packed package; none when it may be published. */
export async function checkPackage(packed: PackedPackage): Promise<readonly Flaw[]> {
  const flaws = await Promise.all(checks.map((check) => check(packed)));
  return flaws.flat();
}
