import fc from 'fast-check';

/**
 * Property tests draw with one seed, so that the same commit gets the same verdict; `PROPERTY_SEED=random npm test` draws others,
 * and a number there draws what a failed run has drawn.
 */
const given = process.env.PROPERTY_SEED ?? '20261130';
if (given !== 'random') {
  const seed = Number(given);
  if (!Number.isInteger(seed)) throw new Error('PROPERTY_SEED is an integer, or random.');
  fc.configureGlobal({ seed });
}
