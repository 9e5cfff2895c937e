/** Sources of rules. */
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
  /** A provider that refuses orders with a line break in an item's name. */
  documentedTexts: 'https://github.com/shopware/SwagPayPal/pull/781',
  /** Note to tag 1059 in FFD 1.2: beside a share (1291) the quantity (1023) is 1. */
  markedShares: 'https://github.com/shtrih-m/fr_drv_ng/issues/171',
  /** Draught beer: litres (tag 2108 = 41) out of a marked keg, in any quantity. */
  measuredMarks: 'https://github.com/iiko/front.api.sdk/issues/498',
  /** Registers answer 211, "code not recognised", to a code whose separator is an escape. */
  markSeparators: 'https://github.com/iiko/front.api.sdk/issues/488',
  /** GS1 General Specifications, figure 7.11-1: the signs of identifiers. */
  gs1: 'https://www.gs1.org/standards/barcodes-epcrfid-id-keys/gs1-general-specifications',
  /**
   * Letter AB-4-20/19338@ of the Russian tax service, 2020: the INN of the supplier (1226) beside the agent
   * sign (1222).
   */
  agents: 'https://mobika-online.ru/voprosi/fns-rossii-raz-yasnila-kak-platezhnomu-agentu-formirovat-chek',
  /** A supplier's data can not be passed on without the agent sign. */
  suppliers: 'https://github.com/sputnik8/atol-rb/pull/38',
  /** Tax Code, article 164, paragraph 4, as Bitrix keeps to it. */
  prepaymentVat:
    'https://github.com/avshatalov48/bitrix-core-business/blob/main/modules/sale/lib/cashbox/tools/vat2prepaymentcheckmapper.php',
  /** Letter AB-4-20/11248@ of the Russian tax service, 2025: prepaid at 20/120, delivered at 22 %. */
  closingVat: 'https://www.ipbr.org/about/news/2025/12/23/taxes',
  /** Prepayment has the subject "payment", the delivery the goods, one line a mark code, as Bitrix has it. */
  closingObject:
    'https://github.com/avshatalov48/bitrix-core-business/blob/main/modules/sale/lib/cashbox/prepaymentcheck.php',
  /** The second receipt: full payment, settled by offset of what was prepaid. */
  closingReceipt: 'https://docs.robokassa.ru/ru/second-receipt',
  /** Letter 22-05/012166@ of the tax service in Moscow, 2021: a refund records money that is paid out. */
  refundedMoney: 'https://buh.ru/news/uchet_nalogi/129517/',
  /** A refund with a mark code puts the item back into circulation. */
  returnedMarks: 'https://platformaofd.ru/baza-znaniy/chto-delat-esli-markirovannyi-tovar-vernuli-v-magazin/',
  soliq: 'https://ofd.soliq.uz',
  firstOfd: 'https://consumer.1-ofd.ru',
} as const;
