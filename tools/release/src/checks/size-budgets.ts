/**
 * The largest size of a tarball, in kilobytes (1000 bytes): its size when the line was last changed, and half
 * as much again.
 */
export const sizeBudgets: Readonly<Record<string, number>> = {
  '@fiscalkit/schemas': 310,
  '@fiscalkit/client': 260,
  '@fiscalkit/ledger': 690,
  '@fiscalkit/nestjs': 85,
  '@fiscalkit/json-schema': 500,
  '@fiscalkit/sandbox': 140,
  '@fiscalkit/gateway': 800,
};
