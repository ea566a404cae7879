import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Lang, parseLang } from '../../../src/kernel/lang.ts';
import { speak } from '../api/call.ts';
import { queries } from '../api/queries.ts';
import { read, write } from '../preferences.ts';
import en from './en.json' with { type: 'json' };
import zh from './zh.json' with { type: 'json' };

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zh };
    returnNull: false;
  }
}

/** Starts the texts in the reader's language: the chosen one, else the browser's, else Chinese. */
export async function startLanguage(): Promise<void> {
  const lang = parseLang(read('lang')) ?? parseLang(navigator.language) ?? 'zh-CN';
  await i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  announce(lang);
}

export async function changeLanguage(lang: Lang): Promise<void> {
  write('lang', lang);
  announce(lang);
  await i18next.changeLanguage(lang);
  // Some answers carry sentences: they are asked for again in the other language.
  await queries.invalidateQueries();
}

export function currentLanguage(): Lang {
  return parseLang(i18next.language) ?? 'zh-CN';
}

function announce(lang: Lang): void {
  document.documentElement.lang = lang;
  speak(lang);
}
