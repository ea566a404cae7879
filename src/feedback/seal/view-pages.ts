import { formatMoment } from '../../kernel/day.ts';
import { layout, query, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { sealWords } from './page-words.ts';
import type { Proved, SealOfRating } from './proof-actions.ts';
import type { PublishedSeal } from './public-actions.ts';

/** Where the rating of a receipt stands: sealed with its proof, waiting, or not what was sealed. */
export function proofPage(view: View, proved: Proved, level: string): Html {
  const { cityCode, receipt, standing } = proved;
  const { proof: say } = sealWords(view.lang);
  const to = `/public/seals?${query(view)}&city=${cityCode}`;
  const seals = html`
    <p><a href="/receipt/${receipt}?${raw(query(view))}">${say.toReceipt}</a></p>
    <p><a href="${to}">${say.toSeals}</a></p>
  `;
  const code = html`<p class="soft">${say.receipt}</p><p class="code">${receipt}</p>`;
  const colon = view.lang === 'en' ? ': ' : '：';
  const rating = html`
    <p>
      ${say.given}${colon}${level}<br>
      ${say.at}${colon}${formatMoment(proved.recordedAt)}<br>
      ${proved.counted ? say.counted : say.excluded}
    </p>
  `;
  switch (standing.kind) {
    case 'sealed':
      return layout(
        view,
        say.title,
        html`<h1>${say.sealed}</h1>${sealedPart(view, { code, rating }, proved, standing.seal)}${seals}`,
      );
    case 'waiting':
      return layout(
        view,
        say.title,
        html`
          <h1>${say.waiting}</h1>
          <div class="note">${code}<p>${say.waitingText(formatMoment(standing.sealedAt))}</p></div>
          ${rating}
          ${seals}
        `,
      );
    case 'broken':
      return layout(
        view,
        say.title,
        html`
          <h1>${say.broken}</h1>
          <div class="error" role="alert"><p>${say.brokenText(standing)}</p></div>
          ${code}${rating}${seals}
        `,
      );
  }
}

function sealedPart(
  view: View,
  { code, rating }: { code: Html; rating: Html },
  { receipt }: Proved,
  seal: SealOfRating,
): Html {
  const { proof: say } = sealWords(view.lang);
  return html`
    <div class="note">
      ${code}
      <p>${say.sealedText({ ...seal, place: seal.index + 1 })}</p>
    </div>
    ${rating}
    <dl class="hashes">
      <dt>${say.root}</dt><dd>${seal.root}</dd>
      <dt>${say.hash}</dt><dd>${seal.hash}</dd>
    </dl>
    <p>${say.compare}</p>
    <a class="button" href="/proof/${receipt}/proof.json">${say.download}</a>
    <p>${say.how} <a href="/public/verify-receipt.mjs">${say.script}</a></p>
  `;
}

/** The form for a receipt code. */
export function findPage(view: View, error: string | null): Html {
  const { proof: say, failed } = sealWords(view.lang);
  return layout(
    view,
    error === null ? say.enter : `${failed} · ${say.enter}`,
    html`
      ${error === null ? '' : html`<div class="error" role="alert"><p><a href="#code">${error}</a></p></div>`}
      <h1>${say.enter}</h1>
      <form method="get" action="/proof" autocomplete="off">
        <input type="hidden" name="lang" value="${view.lang === 'en' ? 'en' : 'zh'}">
        ${view.elder ? html`<input type="hidden" name="elder" value="1">` : ''}
        <label class="above" for="code">${say.code}</label>
        <p class="soft" id="code-hint">${say.codeHint}</p>
        <input type="text" id="code" name="code" maxlength="40" required autocapitalize="characters"
          autocomplete="off" spellcheck="false" aria-describedby="code-hint">
        <button>${say.submit}</button>
      </form>
      <p><a href="/public/seals?${raw(query(view))}">${say.toSeals}</a></p>
    `,
  );
}

interface Listed {
  readonly city: { readonly code: string; readonly name: string };
  readonly seals: readonly PublishedSeal[];
  /** number before which the next page goes on; null on the last one */
  readonly older: number | null;
  /** an earlier page is shown */
  readonly paged: boolean;
}

/** The published seals, the newest first. */
export function sealsPage(view: View, { city, seals, older, paged }: Listed): Html {
  const { seals: say, proof } = sealWords(view.lang);
  const to = `/public/seals?${query(view)}&city=${city.code}`;
  const files = `city=${city.code}`;
  return layout(
    { ...view, keep: files },
    say.title,
    html`
      <h1>${say.title} · ${city.name}</h1>
      <p>${say.text}</p>
      <p>${say.keep}</p>
      <p>
        ${say.files}${view.lang === 'en' ? ': ' : '：'}<a href="/public/seals.csv?${files}">CSV</a>
        · <a href="/public/seals.json?${files}">JSON</a>
      </p>
      <p><a href="/proof?${raw(query(view))}">${proof.enter}</a></p>
      ${seals.length === 0 ? html`<p class="note">${say.none}</p>` : seals.map((one) => sealPart(view, one))}
      <p>
        ${paged ? html`<a href="${to}">${say.newest}</a> ` : ''}
        ${older === null ? '' : html`<a href="${to}&before=${older}">${say.older}</a>`}
      </p>
    `,
  );
}

function sealPart(view: View, { header, hash, sealedAt }: PublishedSeal): Html {
  const { seals: say } = sealWords(view.lang);
  return html`
    <h2 id="seal-${header.number}">${say.line(header)}</h2>
    <dl class="hashes">
      <dt>${say.sealedAt}</dt><dd>${formatMoment(sealedAt)}</dd>
      <dt>${say.root}</dt><dd>${header.root}</dd>
      <dt>${say.hash}</dt><dd>${hash}</dd>
    </dl>
  `;
}

/** What went wrong, and the way on. */
export function failedPage(view: View, heading: string, text: string): Html {
  const { proof: say } = sealWords(view.lang);
  return layout(
    view,
    heading,
    html`<h1>${heading}</h1><p>${text}</p><p><a href="/proof?${raw(query(view))}">${say.enter}</a></p>`,
  );
}
