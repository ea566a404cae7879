import { expect, test } from 'vitest';
import { lettersOf, wordsSought } from './letters.ts';

test.each([
  ['企业设立登记', 'qysldj', 'qiyeshelidengji'],
  // A character of two readings is read by the word it stands in.
  ['银行账户重新开立', 'yhzhcxkl', 'yinhangzhanghuchongxinkaili'],
  ['“一网通办”A1类（女职工）', 'ywtba1lnzg', 'yiwangtongbana1leinvzhigong'],
])('%s is found by %s and %s', (name, initials, pinyin) => {
  expect(lettersOf(name)).toEqual({ initials, pinyin });
});

test('what is typed becomes at most four words, in small letters and half width', () => {
  expect(wordsSought('  企业　ＱＹ Sl ')).toEqual(['企业', 'qy', 'sl']);
  expect(wordsSought('a b c d e')).toHaveLength(4);
  expect(wordsSought('   ')).toEqual([]);
});
