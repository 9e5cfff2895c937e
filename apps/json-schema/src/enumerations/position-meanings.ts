import type { AgentType } from '@fiscalkit/schemas';
import { type Meanings, meaning } from './meaning.js';

export const agentTypeMeanings: Meanings<AgentType> = {
  banking_payment_agent: meaning('Банковский платёжный агент', 'Bank to‘lov agenti', 'Bank payment agent'),
  banking_payment_subagent: meaning(
    'Банковский платёжный субагент',
    'Bank to‘lov subagenti',
    'Bank payment subagent',
  ),
  payment_agent: meaning('Платёжный агент', 'To‘lov agenti', 'Payment agent'),
  payment_subagent: meaning('Платёжный субагент', 'To‘lov subagenti', 'Payment subagent'),
  attorney: meaning('Поверенный', 'Vakil', 'Attorney'),
  commissioner: meaning('Комиссионер', 'Komissioner', 'Commission agent'),
  agent: meaning('Иной агент', 'Boshqa agent', 'Another agent'),
};

/** Kinds of mark code, with the FFD tag of each and what it looks like. */
export const markCodeTypeMeanings = {
  mark_code_raw: { tag: 2000, ...meaning('Код как считан', 'Kod skanerlangan holda', 'The code as scanned') },
  unknown: { tag: 1300, ...meaning('Нераспознанный код', 'Aniqlanmagan kod', 'A code of unknown kind') },
  ean_8: { tag: 1301, ...meaning('EAN-8', 'EAN-8', 'EAN-8') },
  ean_13: { tag: 1302, ...meaning('EAN-13', 'EAN-13', 'EAN-13') },
  itf_14: { tag: 1303, ...meaning('ITF-14', 'ITF-14', 'ITF-14') },
  gs_10: { tag: 1304, ...meaning('GS1 без маркировки', 'GS1 markirovkasiz', 'GS1 without marking') },
  gs_1m: { tag: 1305, ...meaning('GS1 с маркировкой', 'GS1 markirovka bilan', 'GS1 with marking') },
  short: { tag: 1306, ...meaning('Короткий код маркировки', 'Qisqa markirovka kodi', 'Short marking') },
  fur: { tag: 1307, ...meaning('Меховое изделие', 'Mo‘yna buyum', 'Fur item') },
  egais_20: { tag: 1308, ...meaning('ЕГАИС 2.0', 'EGAIS 2.0', 'Alcohol, EGAIS 2.0') },
  egais_30: { tag: 1309, ...meaning('ЕГАИС 3.0', 'EGAIS 3.0', 'Alcohol, EGAIS 3.0') },
} as const;

/** Where an Uzbek position comes from. */
export const ownerTypeMeanings = {
  0: meaning('Купля-продажа', 'Oldi-sotdi', 'Bought and sold'),
  1: meaning('Собственное производство', 'O‘z ishlab chiqarishi', 'Own production'),
  2: meaning('Поставщик услуг', 'Xizmat ko‘rsatuvchi', 'Service'),
} as const;
