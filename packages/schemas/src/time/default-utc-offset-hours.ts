/** The zone of printed creation times when neither the request nor the merchant names one: Tashkent, UTC+5. */
export const defaultUtcOffsetHours = 5;
