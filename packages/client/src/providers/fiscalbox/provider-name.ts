/** Name under which entries store FiscalBox. */
export const providerName = 'fiscalbox';
