/** Injection tokens of the parts of one module instance; the same for every copy of the package. */
export const FISCAL_OPTIONS = Symbol.for('fiscalkit.nestjs.options');
export const FISCAL_NAME = Symbol.for('fiscalkit.nestjs.name');
