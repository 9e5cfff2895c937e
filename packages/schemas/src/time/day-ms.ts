/** Milliseconds of a day on calendars that count no leap seconds. */
export const dayMs = 86_400_000;
