import { formatSoliqLink } from '@fiscalkit/schemas';

/** The link of the n-th receipt of a register in Uzbekistan. */
export function soliqLinkOf(number: number): string {
  return formatSoliqLink({
    path: 'check',
    mark: {
      country: 'uz',
      terminal_id: 'UZ170703100597',
      receipt_number: String(number),
      fiscal_sign: String(number).padStart(12, '0'),
      registered_at: '2026-01-04T12:18:01+05:00',
    },
  });
}
