import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { built, long, quick, testGallery } from './gallery.js';

test('each example is tried', () => {
  const names = readdirSync(built)
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.replace('.js', ''));
  expect(names.sort()).toEqual(Object.keys({ ...quick, ...long }).sort());
});

testGallery(quick);
