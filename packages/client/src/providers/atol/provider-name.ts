/** Name under which entries store ATOL Online. */
export const providerName = 'atol';
