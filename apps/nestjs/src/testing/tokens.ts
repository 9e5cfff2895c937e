/** What the sandbox of a test application is set up by. */
export const FISCAL_TESTING_OPTIONS = Symbol.for('fiscalkit.nestjs.testing-options');
