import { formatMoment } from '../../kernel/day.ts';
import { formatRate, percent } from '../../kernel/rate.ts';
import { layout, query, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { LISTS, type ListBy, type PublicFigures, type PublicLine } from './contract.ts';
import { pageWords } from './page-words.ts';
import {
  comma,
  fraction,
  grouped,
  momentOf,
  nameOf,
  PARTS,
  periodForm,
  placeNav,
  share,
} from './part-pages.ts';

/** Lines of a list on the page at most; the downloads have all. */
const MOST_LINES = 100;

/** Pages of other rooms that are there to be linked. */
export interface Places {
  readonly seals: boolean;
}

/** One page: the headline and what it is made of, the same by lists, and how it comes about. */
export function figuresPage(view: View, figures: PublicFigures, places: Places): Html {
  const words = pageWords(view.lang);
  return layout(
    view,
    `${words.title} · ${figures.cityName}`,
    html`
      <h1>${words.heading(figures.cityName)}</h1>
      ${placeNav(view, 'figures')}
      ${periodForm(view, figures, { action: '/public' })}
      ${figuresBody(view, figures)}
      ${downloads(view, figures, places)}
      <section class="method soft" id="method">
        <h2>${words.method.heading}</h2>
        <ul>${words.method.points(figures.leastPeople).map((point) => html`<li>${point}</li>`)}</ul>
      </section>
    `,
    PARTS,
  );
}

/** The headline, the lists, and what is counted apart. */
export function figuresBody(view: View, figures: PublicFigures): Html {
  return html`
    ${headline(view, figures)}
    ${LISTS.map((by) => listSection(view, figures, by))}
    ${apartSection(view, figures)}
  `;
}

/** What went wrong, with the way back. */
export function missingPage(view: View, text: string): Html {
  const words = pageWords(view.lang);
  return layout(
    view,
    words.title,
    html`<h1>${words.title}</h1><p>${text}</p><p><a href="/public?${raw(query(view))}">${words.back}</a></p>`,
  );
}

function headline(view: View, { total, period, asOf, leastPeople }: PublicFigures): Html {
  const words = pageWords(view.lang);
  const about = html`
    <p class="soft">${words.span(period.from, period.to)}<br>${words.asOf(formatMoment(momentOf(asOf)))}</p>
  `;
  const { active_good_rate: good, active_rating_rate: active, good_rate_interval: interval } = total;
  if (total.withheld || good === null || active === null)
    return html`<section class="head">${about}<p>${words.wholeWithheld(leastPeople)}</p></section>`;
  const counted = (['ratable', 'rated', 'unrated', 'good', 'bad', 'excluded'] as const).map(
    (name) => html`<div><dt>${words.counts[name]}</dt><dd>${grouped(total[name])}</dd></div>`,
  );
  return html`
    <section class="head">
      <h2>${words.good}</h2>
      <p class="big">${percent(good.numerator, good.denominator)}</p>
      <p class="beside">${fraction(good)}${comma(view)}${words.active} ${formatRate(active)}</p>
      <p>${interval === null ? words.nobody : words.interval(share(interval.low), share(interval.high))}</p>
      <dl class="counts">${counted}</dl>
      ${about}
    </section>
  `;
}

function listSection(view: View, figures: PublicFigures, by: ListBy): Html {
  const words = pageWords(view.lang);
  const list = figures.lists[by];
  const lines = list?.lines ?? [];
  const open = lines.filter(({ withheld }) => !withheld);
  const shown = largest(open);
  const [left, hidden] = [open.length - shown.length, lines.length - open.length];
  const body =
    lines.length === 0
      ? html`<p class="soft">${words.empty}</p>`
      : list?.withheld
        ? html`<p class="soft">${words.wholeWithheld(figures.leastPeople)}</p>`
        : html`<ul class="lines">${shown.map((line) => lineItem(view, line))}</ul>
            ${left > 0 ? html`<p class="soft">${words.more(left)}</p>` : ''}
            ${hidden > 0 ? html`<p class="soft">${words.hidden(hidden)}</p>` : ''}`;
  return html`<details class="list"><summary>${words.lists[by]}</summary>${body}</details>`;
}

/** The largest of a long list, in the order of their codes: nothing here is ranked. */
function largest(lines: readonly PublicLine[]): readonly PublicLine[] {
  if (lines.length <= MOST_LINES) return lines;
  const sizes = lines.map(({ ratable }) => ratable ?? 0).sort((one, other) => other - one);
  const least = sizes[MOST_LINES - 1] ?? 0;
  return lines.filter(({ ratable }) => (ratable ?? 0) >= least).slice(0, MOST_LINES);
}

function lineItem(view: View, line: PublicLine): Html {
  const what = html`<span class="what">${lineText(view, line)}</span>`;
  // Registers know Chinese names only: a screen reader must know it, too.
  const isWord = line.by === 'channel' || line.by === 'source' || line.code === '';
  const lang = isWord || view.lang !== 'en' ? '' : html` lang="zh-CN"`;
  return html`<li><span class="name"${lang}>${nameOf(view, line)}</span>${what}</li>`;
}

/** '98.5 % (197/200)，主动评价率 35.1 % (200/570) · 未评 368 · 剔除 2'. */
function lineText(view: View, line: PublicLine): Html | string {
  const words = pageWords(view.lang);
  const { active_good_rate: good, active_rating_rate: active, unrated, excluded } = line;
  if (line.withheld || good === null || active === null) return words.withheld;
  const isPart = line.by === 'channel' || line.by === 'source';
  if (isPart && line.code === '') return grouped(line.ratable);
  const rates = isPart
    ? `${formatRate(good)}`
    : `${formatRate(good)}${comma(view)}${words.active} ${formatRate(active)}`;
  const rest = [
    ...(isPart ? [] : [words.line.unrated(grouped(unrated))]),
    ...(excluded ? [words.line.excluded(grouped(excluded))] : []),
  ];
  return html`${rates}${rest.length > 0 ? html`<small>${rest.join(' · ')}</small>` : ''}`;
}

function apartSection(view: View, { apart }: PublicFigures): Html {
  const { apart: say, withheld } = pageWords(view.lang);
  const item = (one: PublicFigures['apart'][number]): Html => html`
    <li><span class="name">${say[one.mode]}</span><span class="what">${
      one.withheld || one.good_rate === null
        ? withheld
        : one.count === 0
          ? say.count('0')
          : `${say.count(grouped(one.count))} · ${formatRate(one.good_rate)}`
    }</span></li>
  `;
  return html`
    <section>
      <h2>${say.heading}</h2>
      <ul class="lines">${apart.map(item)}</ul>
      <p class="soft">${say.note}</p>
    </section>
  `;
}

function downloads(view: View, { period }: PublicFigures, places: Places): Html {
  const words = pageWords(view.lang);
  const at = `?period=${period.code}`;
  const keep = raw(query(view));
  return html`
    <section>
      <h2>${words.downloads.heading}</h2>
      <ul class="links">
        <li><a href="/public/figures.csv${at}" download>CSV</a></li>
        <li><a href="/public/figures.json${at}">JSON</a></li>
        ${places.seals ? html`<li><a href="/public/seals?${keep}">${words.downloads.seals}</a></li>` : ''}
        <li><a href="/api/docs">${words.downloads.portal}</a></li>
        <li><a href="/r?${keep}">${words.rate}</a></li>
        <li><a href="/say?${keep}">${words.say}</a></li>
        <li><a href="/follow?${keep}">${words.follow}</a></li>
      </ul>
    </section>
  `;
}
