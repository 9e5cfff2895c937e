/** Mobile number of Russia without its country code: alone, or behind the 8 of calls within the country. */
const domesticMobile = /^8?(9\d{9})$/;

/** Returns a phone with a plus sign and its country code, as Russian providers want it. */
export function internationalPhone(phone: string): string {
  if (phone.startsWith('+')) return phone;
  const [, number] = domesticMobile.exec(phone) ?? [];
  return number === undefined ? `+${phone}` : `+7${number}`;
}
