import { layout, query, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { DICTIONARY, FILES, type Unit } from './dictionary.ts';
import { openWords } from './open-words.ts';
import { PARTS, placeNav } from './part-pages.ts';

/** @param columns of each file, in their order */
export function dataPage(view: View, columns: Readonly<Record<string, readonly string[]>>): Html {
  const words = openWords(view.lang);
  const { data } = words;
  const lang = view.lang === 'en' ? 'en' : 'zh';
  return layout(
    view,
    data.heading,
    html`
      <h1>${data.heading}</h1>
      ${placeNav(view, 'data')}
      ${data.about.map((text) => html`<p>${text}</p>`)}
      ${FILES.map(
        (file) => html`
          <section id="${file.name}">
            <h2>${file[lang]}</h2>
            <ul class="links">
              <li><a href="/public/${file.name}.csv" download>CSV</a></li>
              <li><a href="/public/${file.name}.json">JSON</a></li>
              <li><a href="/public/archive?${raw(query(view))}">${words.places.archive}</a></li>
            </ul>
            <dl class="dictionary">${(columns[file.name] ?? []).map((name) => entryOf(view, name))}</dl>
          </section>
        `,
      )}
    `,
    PARTS,
  );
}

function entryOf(view: View, name: string): Html | '' {
  const { data } = openWords(view.lang);
  const entry = DICTIONARY[name];
  if (entry === undefined) return '';
  const unit: Unit = entry.unit;
  return html`<div>
    <dt><code>${name}</code></dt>
    <dd>${view.lang === 'en' ? entry.en : entry.zh}
      <small>${data.units[unit]}${entry.source ? ` · ${entry.source}` : ''}</small></dd>
  </div>`;
}
