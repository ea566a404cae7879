import { formatMoment } from '../../kernel/day.ts';
import { formatRate, percent } from '../../kernel/rate.ts';
import { layout, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { type PublicRankings, RANKED, type RankedBy, type RankedLine } from './contract.ts';
import { openWords } from './open-words.ts';
import { pageWords } from './page-words.ts';
import { momentOf, nameOf, PARTS, periodForm, placeNav, share } from './part-pages.ts';

/** Places of a ranking on the page at most; the downloads have all. */
const MOST_PLACES = 100;

/** One ranking of a period, with how sure it is. */
export function rankingPage(view: View, ranked: PublicRankings, by: RankedBy): Html {
  const words = openWords(view.lang);
  const common = pageWords(view.lang);
  const { period, asOf, cityName } = ranked;
  const at = `?period=${period.code}`;
  const choice = html`
    <label for="by">${words.ranking.by}</label>
    <select id="by" name="by">
      ${RANKED.map(
        (one) =>
          html`<option value="${one}"${one === by ? raw(' selected') : ''}>${words.ranking.of[one]}</option>`,
      )}
    </select>
  `;
  return layout(
    view,
    `${words.places.rankings} · ${cityName}`,
    html`
      <h1>${words.ranking.heading(cityName)}</h1>
      ${placeNav(view, 'rankings')}
      ${periodForm(view, ranked, { action: '/public/rankings', more: choice })}
      <p class="soft">${common.span(period.from, period.to)}<br>
        ${common.asOf(formatMoment(momentOf(asOf)))}</p>
      ${listOf(view, ranked, by)}
      <ul class="links">
        <li><a href="/public/rankings.csv${at}" download>CSV</a></li>
        <li><a href="/public/rankings.json${at}">JSON</a></li>
      </ul>
      <section class="method soft" id="method">
        <h2>${common.method.heading}</h2>
        <ul>${words.ranking.method.map((point) => html`<li>${point}</li>`)}</ul>
      </section>
    `,
    PARTS,
  );
}

function listOf(view: View, { rankings }: PublicRankings, by: RankedBy): Html {
  const { ranking: words } = openWords(view.lang);
  const { lines = [], prior = null, withheld = 0, unrated = 0 } = rankings[by] ?? {};
  const left = lines.length - MOST_PLACES;
  const rest = [
    ...(left > 0 ? [words.more(left)] : []),
    ...(withheld > 0 ? [words.withheld(withheld)] : []),
    ...(unrated > 0 ? [words.unrated(unrated)] : []),
  ];
  const body =
    prior === null
      ? html`<p>${words.empty}</p>`
      : html`
          <p>${words.prior(percent(prior.good, prior.rated), String(prior.people))}</p>
          <table class="ranking">
            <caption class="soft">${words.of[by]}</caption>
            <thead>
              <tr>
                <th scope="col">${words.table.place}</th>
                <th scope="col">${words.table.name}</th>
                <th scope="col">${words.table.rate}</th>
                <th scope="col">${words.table.shrunk}</th>
                <th scope="col">${words.table.open}</th>
              </tr>
            </thead>
            <tbody>${lines.slice(0, MOST_PLACES).map((line) => rowOf(view, line))}</tbody>
          </table>
        `;
  return html`<section>${body}${rest.map((text) => html`<p class="soft">${text}</p>`)}</section>`;
}

function rowOf(view: View, line: RankedLine): Html {
  const { ranking: words } = openWords(view.lang);
  const { low, high } = line.shrunk_interval;
  const lang = view.lang === 'en' ? html` lang="zh-CN"` : '';
  return html`
    <tr>
      <td class="place">${words.place(line.place, line.tied)}</td>
      <th scope="row"${lang}>${nameOf(view, line)}</th>
      <td><span class="label">${words.table.rate}</span>${formatRate(line.active_good_rate)}</td>
      <td><span class="label">${words.table.shrunk}</span>${share(line.shrunk_rate)}
        <small>${share(low)} – ${share(high)}</small></td>
      <td><span class="label">${words.table.open}</span>${words.open(line.place_from, line.place_to)}</td>
    </tr>
  `;
}
