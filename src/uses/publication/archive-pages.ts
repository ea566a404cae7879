import { dayOf, formatMoment } from '../../kernel/day.ts';
import { formatRate } from '../../kernel/rate.ts';
import { layout, query, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import type { Archived, listArchive } from './archive-actions.ts';
import type { PublicFigures } from './contract.ts';
import type { Correction, Counts } from './correction.ts';
import { openWords } from './open-words.ts';
import { pageWords } from './page-words.ts';
import { figuresBody } from './pages.ts';
import { comma, grouped, nameOf, PARTS, placeNav } from './part-pages.ts';

type ArchiveLine = Awaited<ReturnType<typeof listArchive>>[number];

/** The months that are archived, the newest first, each with its headline. */
export function archivePage(view: View, lines: readonly ArchiveLine[]): Html {
  const { archive } = openWords(view.lang);
  const { line: count, period, withheld } = pageWords(view.lang);
  const item = ({ month, archivedAt, total }: ArchiveLine): Html => html`
    <li><a class="name" href="/public/archive/${month}?${raw(query(view))}">${period.month(month)}</a>
      <span class="what">${
        total.active_good_rate === null
          ? withheld
          : `${formatRate(total.active_good_rate)}${comma(view)}${count.unrated(grouped(total.unrated))}`
      }<small>${archive.at(dayOf(archivedAt))}</small></span></li>
  `;
  return layout(
    view,
    archive.heading,
    html`
      <h1>${archive.heading}</h1>
      ${placeNav(view, 'archive')}
      <p>${archive.about}</p>
      ${lines.length === 0 ? html`<p>${archive.none}</p>` : html`<ul class="lines">${lines.map(item)}</ul>`}
    `,
    PARTS,
  );
}

/** A month as it was published, with what has been corrected since. */
export function archivedPage(
  view: View,
  kept: Archived,
  { corrections, now }: { corrections: readonly Correction[]; now: PublicFigures },
): Html {
  const { archive } = openWords(view.lang);
  const month = pageWords(view.lang).period.month(kept.month);
  const at = `/public/archive/${kept.month}`;
  return layout(
    view,
    `${month} · ${kept.figures.cityName}`,
    html`
      <h1>${archive.month(kept.figures.cityName, month)}</h1>
      ${placeNav(view, 'archive')}
      <p>${archive.kept(formatMoment(kept.archivedAt))}</p>
      ${correctionSection(view, corrections, now)}
      ${figuresBody(view, kept.figures)}
      <section>
        <h2>${pageWords(view.lang).downloads.heading}</h2>
        <ul class="links">
          ${['figures.csv', 'figures.json', 'rankings.csv', 'handling.csv', 'handling.json'].map(
            (file) => html`<li><a href="${at}/${file}" download>${file}</a></li>`,
          )}
        </ul>
        <p class="soft">${archive.digest} <code class="digest">${kept.digest}</code></p>
      </section>
    `,
    PARTS,
  );
}

function correctionSection(view: View, corrections: readonly Correction[], now: PublicFigures): Html {
  const { archive } = openWords(view.lang);
  const { lists } = pageWords(view.lang);
  if (corrections.length === 0) return html`<p class="soft">${archive.same}</p>`;
  const item = (one: Correction): Html => html`
    <li><span class="name">${nameOf(view, one)}${
      one.by === 'city' ? '' : html`<small>${lists[one.by]}</small>`
    }</span><span class="what">${
      one.was === null || one.now === null ? archive.few(now.leastPeople) : changesOf(view, one.was, one.now)
    }</span></li>
  `;
  return html`
    <section class="corrections">
      <h2>${archive.corrections(corrections.length)}</h2>
      <p class="soft">${archive.why}</p>
      <details${corrections.length <= 5 ? raw(' open') : ''}>
        <summary>${archive.show}</summary>
        <ul class="lines">${corrections.slice(0, 100).map(item)}</ul>
      </details>
    </section>
  `;
}

/** '主动评价 35 → 34、差评 2 → 1'. */
function changesOf(view: View, then: Counts, now: Counts): string {
  const { counts } = pageWords(view.lang);
  const names = ['ratable', 'rated', 'good', 'bad', 'excluded'] as const;
  const changed = names.filter((name) => then[name] !== now[name]);
  return changed
    .map((name) => `${counts[name]} ${grouped(then[name])} → ${grouped(now[name])}`)
    .join(view.lang === 'en' ? ', ' : '、');
}
