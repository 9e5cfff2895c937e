import fc from 'fast-check';

/**
 * Gives all property tests one seed, so that the same commit gets the same result. `PROPERTY_SEED=random`
 * draws another one each time; a number repeats the documents of a failed run.
 */
const given = process.env.PROPERTY_SEED ?? '20261130';
if (given !== 'random') {
  const seed = Number(given);
  if (!Number.isInteger(seed)) throw new Error('PROPERTY_SEED is an integer, or random.');
  fc.configureGlobal({ seed });
}
