/** The two languages every sentence of the product exists in. */
export type Lang = 'zh-CN' | 'en';

/**
 * 'zh', 'zh-CN', 'en', 'en-GB' … as written in a query or a language tag; undefined for any other language.
 */
export function parseLang(text: string | null | undefined): Lang | undefined {
  const primary = text?.trim().toLowerCase().split(/[-_]/)[0];
  if (primary === 'zh') return 'zh-CN';
  if (primary === 'en') return 'en';
  return undefined;
}

/**
 * The reader's language from an Accept-Language header (RFC 9110 §12.5.4): the known language of highest
 * weight, the earlier one on a tie. Without any, Chinese.
 *
 * @param chosen what the reader asked for by hand (`?lang=`); it wins when it is known
 */
export function pickLang(acceptLanguage: string | null | undefined, chosen?: string | null): Lang {
  const byHand = parseLang(chosen);
  if (byHand !== undefined) return byHand;
  let best: { lang: Lang; weight: number } | undefined;
  for (const part of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag, ...parameters] = part.split(';');
    const lang = parseLang(tag);
    if (lang === undefined) continue;
    const weight = weightOf(parameters);
    if (weight > (best?.weight ?? 0)) best = { lang, weight };
  }
  return best?.lang ?? 'zh-CN';
}

function weightOf(parameters: readonly string[]): number {
  const q = parameters.map((text) => text.trim()).find((text) => text.startsWith('q='));
  if (q === undefined) return 1;
  const weight = Number(q.slice(2));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
