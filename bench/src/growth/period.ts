/** Over how long before the measurement the finished receipts were accepted. */
export const periodDays = 30;

export const dayMs = 86_400_000;
