/** Russian tax systems, with their bit of tag 1055; `envd` was abolished in 2021. */
export const taxSystems = {
  osn: 1,
  usn_income: 2,
  usn_income_outcome: 4,
  envd: 8,
  esn: 16,
  patent: 32,
} as const;

export type TaxSystem = keyof typeof taxSystems;
