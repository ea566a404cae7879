import { nationalRules } from '../../feedback/rating/index.ts';
import { assert } from '../../kernel/assert.ts';
import { dayOf, parseMoment } from '../../kernel/day.ts';
import { type PageParts, query, sheetOf, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import type { ListBy, PublicFigures } from './contract.ts';
import { openWords, PLACES, type Place } from './open-words.ts';
import { pageWords } from './page-words.ts';
import { LAST_DAYS, recentMonths } from './publication.ts';
import { publicationRules } from './rules.ts';

/** What the page brings along: a style of its own; search engines may list it. */
export const PARTS: PageParts = { sheet: sheetOf('figures.css'), indexed: true };

/** The ways to the other public pages; the period goes along where the page knows one. */
export function placeNav(view: View, here: Place): Html {
  const words = openWords(view.lang);
  const keep = `${query(view)}${view.keep ? `&${view.keep}` : ''}`;
  return html`
    <nav class="places" aria-label="${words.places.label}">
      <ul>
        ${Object.entries(PLACES).map(
          ([place, path]) =>
            html`<li><a href="${path}?${raw(keep)}"${
              place === here ? raw(' aria-current="page"') : ''
            }>${words.places[place as Place]}</a></li>`,
        )}
      </ul>
    </nav>
  `;
}

/**
 * Chooses a period, and what else there is to choose, without a script.
 * @param more further fields, before the button
 */
export function periodForm(
  view: View,
  { period, asOf }: Pick<PublicFigures, 'period' | 'asOf'>,
  { action, more }: { action: string; more?: Html },
): Html {
  const words = pageWords(view.lang);
  const today = dayOf(momentOf(asOf));
  const { yearsBack } = publicationRules(today);
  const months = recentMonths(today).map((code) => ({
    code: code as string,
    name: words.period.month(code),
  }));
  const years = Array.from({ length: yearsBack }, (_, back) => String(Number(today.slice(0, 4)) - back));
  const choices = [
    { code: LAST_DAYS, name: words.period.last30 },
    ...months,
    ...years.map((code) => ({ code, name: `${code}${words.period.year}` })),
  ];
  const known = choices.some(({ code }) => code === period.code);
  const all = known ? choices : [...choices, { code: period.code, name: period.code }];
  return html`
    <form class="period" method="get" action="${action}">
      <label for="period">${words.period.label}</label>
      <select id="period" name="period">
        ${all.map(
          ({ code, name }) =>
            html`<option value="${code}"${code === period.code ? raw(' selected') : ''}>${name}</option>`,
        )}
      </select>
      <input type="hidden" name="lang" value="${view.lang === 'en' ? 'en' : 'zh'}">
      ${view.elder ? html`<input type="hidden" name="elder" value="1">` : ''}
      ${more}
      <button>${words.period.submit}</button>
    </form>
  `;
}

/** The name of a line in the reader's language, where it has one. */
export function nameOf(
  view: View,
  { by, code, name }: { by: 'city' | ListBy; code: string; name: string },
): string {
  const words = pageWords(view.lang);
  if (by !== 'city' && code === '') return words.noCode[by] ?? '';
  if (by === 'source') return words.sources[code] ?? code;
  if (by === 'channel') return nationalRules().channels.get(Number(code))?.words[view.lang] ?? code;
  const isOwn =
    (by === 'county' && code.endsWith('00000000')) || (by === 'township' && code.endsWith('000000'));
  return `${name || code}${isOwn ? words.own : ''}`;
}

export function fraction({ numerator, denominator }: { numerator: number; denominator: number }): string {
  return `(${numerator}/${denominator})`;
}

export function momentOf(asOf: string): Date {
  const moment = parseMoment(asOf);
  assert(moment !== undefined, 'the figures say when they were counted');
  return moment;
}

/** '0.9612' as '96.1 %', kept on one line. */
export function share(value: string): string {
  return `${(Number(value) * 100).toFixed(1)}\u00a0%`;
}

/** With thin marks between thousands, as GB/T 15835 has it: 1 234 567. */
export function grouped(count: number | null): string {
  return String(count ?? '—').replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

export function comma(view: View): string {
  return view.lang === 'en' ? ', ' : '，';
}
