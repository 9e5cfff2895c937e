/** Where rules come from. */
export const sources = {
  /** A choice of ours where the providers' pages are silent. */
  fiscalkit: 'fiscalkit',
  json: 'https://www.rfc-editor.org/rfc/rfc8259',
  freedompay: 'https://freedompay.uz/docs-en/formirovaniye-chekov/api',
  fiscalbox: 'https://dev.fbox.uz/pages/api-reference/endpoint/payment/anor/fiscalization',
  atol: 'https://github.com/skodnik/atol-online/blob/master/docs/API_atol_online_v4.pdf',
  yookassa: 'https://yookassa.ru/developers/54fz/parameters-values',
  /** Orders of the Russian tax service on fiscal documents: 662@ of 2020 as changed by 1050@ of 2025. */
  fiscalDocuments: 'https://www.klerk.ru/buh/news/674683',
  /** Law 54-FZ, article 1.2, paragraph 5: where the buyer's receipt goes. */
  russianReceiptLaw: 'https://www.consultant.ru/document/cons_doc_LAW_42359/',
  russianTaxId: 'https://ru.wikipedia.org/wiki/Идентификационный_номер_налогоплательщика',
  click: 'https://docs.click.uz/en/fiscalization',
  uzum: 'https://developer.uzumbank.uz',
  soliq: 'https://ofd.soliq.uz',
  firstOfd: 'https://consumer.1-ofd.ru',
} as const;
