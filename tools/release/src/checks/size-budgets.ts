/** The most that a tarball may weigh, in kilobytes (1000 bytes): what it weighed when the line was last changed, and half as much again. */
export const sizeBudgets: Readonly<Record<string, number>> = {
  '@fiscalkit/schemas': 140,
  '@fiscalkit/client': 70,
  '@fiscalkit/ledger': 210,
  '@fiscalkit/nestjs': 40,
  '@fiscalkit/json-schema': 400,
  '@fiscalkit/sandbox': 50,
  '@fiscalkit/gateway': 800,
};
