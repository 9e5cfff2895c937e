import type { TaxSystem, VatCode } from '@fiscalkit/schemas';
import { type Meaning, type Meanings, meaning } from './meaning.js';

export const taxSystemMeanings: Meanings<TaxSystem> = {
  osn: meaning('Общая', 'Umumiy', 'General'),
  usn_income: meaning('Упрощённая, доход', 'Soddalashtirilgan, daromad', 'Simplified, income'),
  usn_income_outcome: meaning(
    'Упрощённая, доход минус расход',
    'Soddalashtirilgan, daromad minus xarajat',
    'Simplified, income less expenses',
  ),
  envd: meaning(
    'Единый налог на вменённый доход (отменён с 2021 года)',
    'Hisoblangan daromadga yagona soliq (2021-yildan bekor qilingan)',
    'Single tax on imputed income (abolished in 2021)',
  ),
  esn: meaning(
    'Единый сельскохозяйственный налог',
    'Yagona qishloq xo‘jaligi solig‘i',
    'Single agricultural tax',
  ),
  patent: meaning('Патентная', 'Patent', 'Patent'),
};

function rate(percent: number): Meaning {
  return meaning(`НДС ${percent} %`, `QQS ${percent} %`, `VAT ${percent} %`);
}

/** The rate that is taken out of a sum which includes it, as in a prepayment. */
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
