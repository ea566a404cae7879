import { formatMoment } from '../../kernel/day.ts';
import { percent } from '../../kernel/rate.ts';
import { layout, type View } from '../../platform/citizen-page.ts';
import { type Html, html } from '../../platform/html.ts';
import type { HandlingLine, PublicHandling } from './contract.ts';
import { openWords } from './open-words.ts';
import { pageWords } from './page-words.ts';
import { fraction, momentOf, PARTS, periodForm, placeNav } from './part-pages.ts';

/** How the bad ratings of a period were answered: three rates with their numbers, and by department. */
export function handlingPage(view: View, handled: PublicHandling): Html {
  const words = openWords(view.lang);
  const common = pageWords(view.lang);
  const { period, asOf, cityName } = handled;
  const at = `?period=${period.code}`;
  return layout(
    view,
    `${words.places.handling} · ${cityName}`,
    html`
      <h1>${words.handling.heading(cityName)}</h1>
      ${placeNav(view, 'handling')}
      ${periodForm(view, handled, { action: '/public/handling' })}
      ${headline(view, handled)}
      <p class="soft">${words.handling.span(period.from, period.to)}<br>
        ${common.asOf(formatMoment(momentOf(asOf)))}</p>
      ${departments(view, handled)}
      <ul class="links">
        <li><a href="/public/handling.csv${at}" download>CSV</a></li>
        <li><a href="/public/handling.json${at}">JSON</a></li>
      </ul>
      <section class="method soft" id="method">
        <h2>${common.method.heading}</h2>
        <ul>${words.handling.method.map((point) => html`<li>${point}</li>`)}</ul>
      </section>
    `,
    PARTS,
  );
}

/** The three rates of a line with the words for them, in the order of the rule book. */
function ratesOf(view: View, line: HandlingLine) {
  const { rates } = openWords(view.lang).handling;
  return [
    { ...rates.answered, rate: line.bad_answered_rate },
    { ...rates.called, rate: line.called_back_rate },
    { ...rates.satisfied, rate: line.call_back_satisfaction_rate },
  ];
}

function headline(view: View, { total, leastPeople }: PublicHandling): Html {
  const { handling: words } = openWords(view.lang);
  if (total.withheld) return html`<section class="head"><p>${words.wholeWithheld(leastPeople)}</p></section>`;
  return html`
    <dl class="three">
      ${ratesOf(view, total).map(
        ({ name, means, rate }) => html`<div>
          <dt>${name}</dt>
          <dd><span class="big">${rate ? percent(rate.numerator, rate.denominator) : '—'}</span>
            ${rate ? fraction(rate) : words.few}<small>${means}</small></dd>
        </div>`,
      )}
    </dl>
  `;
}

function departments(view: View, { lines, total }: PublicHandling): Html {
  const { handling: words } = openWords(view.lang);
  const open = total.withheld ? [] : lines.filter(({ withheld }) => !withheld);
  const hidden = lines.length - open.length;
  const item = (line: HandlingLine): Html => html`
    <li><span class="name"${view.lang === 'en' && line.name ? html` lang="zh-CN"` : ''}>${
      line.code === '' ? words.nobody : line.name || line.code
    }</span><span class="what">${ratesOf(view, line).map(
      ({ name, rate }) =>
        html`<span class="part">${name} ${
          rate ? `${percent(rate.numerator, rate.denominator)} ${fraction(rate)}` : words.few
        }</span>`,
    )}</span></li>
  `;
  return html`
    <section>
      <h2>${words.departments}</h2>
      ${lines.length === 0 ? html`<p class="soft">${words.none}</p>` : ''}
      <ul class="lines">${open.map(item)}</ul>
      ${hidden > 0 ? html`<p class="soft">${words.hidden(hidden)}</p>` : ''}
    </section>
  `;
}
