import { pinyin } from 'pinyin-pro';

/** What an item is found by besides its name and code. */
export interface Letters {
  initials: string;
  pinyin: string;
}

const SYLLABLE = /^[a-z]+$/;

/** Letters and digits alone: what is typed between them, such as brackets, is never searched for. */
const spelled = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** What a name is found by when it is typed in letters: the initials and the whole of its pinyin. */
export function lettersOf(name: string): Letters {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
  return {
    initials: syllables.map((one) => (SYLLABLE.test(one) ? one.slice(0, 1) : spelled(one))).join(''),
    pinyin: syllables.map(spelled).join(''),
  };
}

const MOST_WORDS = 4;

/** The words of what a clerk has typed: an item found by them contains each, however they are ordered. */
export function wordsSought(typed: string): string[] {
  const words = typed.normalize('NFKC').toLowerCase().split(/\s+/u);
  return words.filter((word) => word !== '').slice(0, MOST_WORDS);
}
