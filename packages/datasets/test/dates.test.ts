import { describe, expect, test } from '@jest/globals';
import { parseDate } from '../src/dates.js';

describe('parseDate', () => {
  const moment = Date.UTC(2024, 2, 1, 10, 20);

  test.each([
    ['PostgreSQL', '2024-03-01 10:20:00+00'],
    ['PostgreSQL in India', '2024-03-01 15:50:00+05:30'],
    ['BigQuery and Kaggle', '2024-03-01 10:20:00 UTC'],
    ['Ruby', '2024-03-01 12:20:00 +0200'],
    ['Go', '2024-03-01 12:20:00 +0200 UTC'],
    ['ISO 8601 in small letters', '2024-03-01t10:20z'],
    ['a mail', 'Fri, 01 Mar 2024 10:20:00 +0000'],
    ['a mail without its optional parts', '1 Mar 2024 10:20'],
    ['HTTP', 'Fri, 01 Mar 2024 10:20:00 GMT'],
    ['a mail of elsewhere', 'Fri, 1 Mar 2024 02:20:00 -0800'],
  ])('reads the dates of %s', (_, text) => {
    expect(parseDate(text)).toBe(moment);
  });

  test.each(['2024-03-01 10:20:00.5+00', '2024-03-01 10:20:00,5Z'])('reads parts of seconds: %s', (text) => {
    expect(parseDate(text)).toBe(moment + 500);
  });

  test.each([
    '2024-02-30 10:20:00 UTC',
    '30 Feb 2024 10:20 GMT',
    'Fri, 01 Mar 2024 25:20:00 GMT',
    '1 Mrz 2024 10:20',
    '2024-03-01 UTC',
    '2024-03-01 10:20 CET',
    'Mar 1 2024',
  ])('%s is none', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });
});
