import { ruleSet } from './rule.js';
import { sources } from './sources.js';

/** Texts printed on the receipt. */
const documentedTexts = "$..['name','full_name','payment_address','document_number','base_number','value']";

/** Fields of every document. */
export const fieldRules = [
  ...ruleSet(
    { severity: 'fault', source: sources.json, since: '0.1.0' },
    {
      'field.missing': ['$..*', 'The field is required'],
      'field.type': ['$..*', 'The value has the wrong JSON type'],
      'field.value': ['$..*', 'The value is not one of those allowed here'],
      'field.unknown': ['$..*', 'The field is not known in this place of this kind of document'],
      'field.length': ['$..*', 'The text or list is too short or too long'],
      'field.format': ['$..*', 'The value is not written in the expected format'],
      'field.date': ['$..*', 'The value is not a date that exists, in ISO 8601 format'],
      'json.value': ['$', 'The value can not be written as JSON'],
    },
  ),
  ...ruleSet(
    { severity: 'fault', source: sources.documentedTexts, since: '1.1.0' },
    {
      'text.unseen': [documentedTexts, 'The text has no sign that anybody can see'],
      'text.control': [
        documentedTexts,
        'The text has a control character, such as ESC (U+001B), which steers printers; of these only line breaks and tabs are taken, as blanks',
      ],
    },
  ),
] as const;
