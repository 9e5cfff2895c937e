import type { AgentType, Measure, PaymentMethod, VatCode } from '@fiscalkit/schemas';
import { type Meaning, type Meanings, meaning } from './meaning.js';

export const paymentMethodMeanings: Meanings<PaymentMethod> = {
  full_prepayment: meaning('Предоплата 100 %', '100 % oldindan to‘lov', 'Full prepayment'),
  partial_prepayment: meaning('Частичная предоплата', 'Qisman oldindan to‘lov', 'Partial prepayment'),
  advance: meaning('Аванс', 'Avans (bo‘nak)', 'Advance'),
  full_payment: meaning('Полный расчёт', 'To‘liq hisob-kitob', 'Full payment on delivery'),
  partial_payment: meaning(
    'Частичный расчёт и кредит',
    'Qisman hisob-kitob va kredit',
    'Partial payment, the rest on credit',
  ),
  credit: meaning('Передача в кредит', 'Kreditga topshirish', 'Handed over on credit'),
  credit_payment: meaning('Оплата кредита', 'Kredit to‘lovi', 'Payment of a credit'),
};

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

/** Kinds of mark code with the FFD tag of each. */
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

/** Origins of an Uzbek position. */
export const ownerTypeMeanings = {
  0: meaning('Купля-продажа', 'Oldi-sotdi', 'Bought and sold'),
  1: meaning('Собственное производство', 'O‘z ishlab chiqarishi', 'Own production'),
  2: meaning('Поставщик услуг', 'Xizmat ko‘rsatuvchi', 'Service'),
} as const;

export const measureMeanings: Meanings<Measure> = {
  piece: meaning('Штука или единица', 'Dona', 'Piece'),
  gram: meaning('Грамм', 'Gramm', 'Gram'),
  kilogram: meaning('Килограмм', 'Kilogramm', 'Kilogram'),
  ton: meaning('Тонна', 'Tonna', 'Tonne'),
  centimeter: meaning('Сантиметр', 'Santimetr', 'Centimetre'),
  decimeter: meaning('Дециметр', 'Detsimetr', 'Decimetre'),
  meter: meaning('Метр', 'Metr', 'Metre'),
  square_centimeter: meaning('Квадратный сантиметр', 'Kvadrat santimetr', 'Square centimetre'),
  square_decimeter: meaning('Квадратный дециметр', 'Kvadrat detsimetr', 'Square decimetre'),
  square_meter: meaning('Квадратный метр', 'Kvadrat metr', 'Square metre'),
  milliliter: meaning('Миллилитр', 'Millilitr', 'Millilitre'),
  liter: meaning('Литр', 'Litr', 'Litre'),
  cubic_meter: meaning('Кубический метр', 'Kub metr', 'Cubic metre'),
  kilowatt_hour: meaning('Киловатт-час', 'Kilovatt-soat', 'Kilowatt-hour'),
  gigacalorie: meaning('Гигакалория', 'Gigakaloriya', 'Gigacalorie'),
  day: meaning('Сутки (день)', 'Sutka (kun)', 'Day'),
  hour: meaning('Час', 'Soat', 'Hour'),
  minute: meaning('Минута', 'Daqiqa', 'Minute'),
  second: meaning('Секунда', 'Soniya', 'Second'),
  kilobyte: meaning('Килобайт', 'Kilobayt', 'Kilobyte'),
  megabyte: meaning('Мегабайт', 'Megabayt', 'Megabyte'),
  gigabyte: meaning('Гигабайт', 'Gigabayt', 'Gigabyte'),
  terabyte: meaning('Терабайт', 'Terabayt', 'Terabyte'),
  rest: meaning('Иная единица', 'Boshqa birlik', 'Another unit'),
};

function rate(percent: number): Meaning {
  return meaning(`НДС ${percent} %`, `QQS ${percent} %`, `VAT ${percent} %`);
}

/** Returns the meaning of a rate that is taken out of a sum which includes it, as in a prepayment. */
function calculated(percent: number): Meaning {
  const fraction = `${percent}/${100 + percent}`;
  return meaning(`НДС расчётный ${fraction}`, `Hisoblangan QQS ${fraction}`, `VAT calculated at ${fraction}`);
}

export const vatCodeMeanings: Meanings<VatCode> = {
  none: meaning('Без НДС', 'QQSsiz', 'No VAT'),
  vat_0: rate(0),
  vat_5: rate(5),
  vat_6: rate(6),
  vat_7: rate(7),
  vat_10: rate(10),
  vat_12: rate(12),
  vat_20: rate(20),
  vat_22: rate(22),
  vat_105: calculated(5),
  vat_107: calculated(7),
  vat_110: calculated(10),
  vat_112: calculated(12),
  vat_120: calculated(20),
  vat_122: calculated(22),
};
