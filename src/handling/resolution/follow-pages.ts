import { dayOf, formatMoment } from '../../kernel/day.ts';
import { type Refusal, sentence } from '../../kernel/refusal.ts';
import { layout, query, type View } from '../../platform/citizen-page.ts';
import { type Html, html, raw } from '../../platform/html.ts';
import { sayWords } from './page-words.ts';
import type { Progress } from './say-actions.ts';
import { PARTS, receivedFiles } from './say-form-pages.ts';

/** Where somebody names number and phone; what was wrong stands on top, the phone is never said back. */
export function followPage(view: View, entered: { number: string; error?: Refusal }): Html {
  const { follow: say, say: form } = sayWords(view.lang);
  const { number, error } = entered;
  return layout(
    view,
    error ? `${sayWords(view.lang).failed} · ${say.title}` : say.title,
    html`
      ${error ? problem(view, error) : ''}
      <h1>${say.title}</h1>
      <p>${say.text}</p>
      <form method="post" action="/follow?${raw(query(view))}" autocomplete="off">
        ${field({ name: 'number', label: say.number, hint: say.numberHint, value: number })}
        ${field({ name: 'phone', label: say.phone, hint: say.phoneHint, value: '' })}
        <button>${say.submit}</button>
      </form>
      <p><a href="/say?${raw(query(view))}">${form.title}</a></p>
    `,
    PARTS,
  );
}

function problem(view: View, error: Refusal): Html {
  return html`
    <div class="error" role="alert" tabindex="-1" autofocus>
      <p><a href="#number">${sentence(error.code, view.lang, error.params)}</a></p>
    </div>
  `;
}

function field(input: { name: string; label: string; hint: string; value: string }): Html {
  const { name, label, hint, value } = input;
  return html`
    <label class="above" for="${name}">${label}</label>
    <p class="soft" id="${name}-hint">${hint}</p>
    <input type="text" id="${name}" name="${name}" value="${value}" maxlength="40" required
      autocapitalize="characters" autocomplete="off" spellcheck="false" aria-describedby="${name}-hint">
  `;
}

/** How far it is, in plain words, what was answered, and whether the answer was good. */
export function progressPage(view: View, progress: Progress, saved: boolean): Html {
  const { follow: say, say: form } = sayWords(view.lang);
  const { story, excluded, handedOver } = progress;
  const state = handedOver ? 'handed_over' : (story?.state ?? (excluded ? 'told' : 'received'));
  const title = say.heading(form.kinds[progress.kind].name, progress.number);
  return layout(
    view,
    title,
    html`
      ${saved ? html`<p class="note" role="status">${say.saved}</p>` : ''}
      <h1>${title}</h1>
      <p><strong>${say.states[state]}</strong></p>
      ${story?.uncalled ? html`<p>${say.uncalled}</p>` : ''}
      ${excluded ? html`<p>${excluded.remedy[view.lang]}</p>` : ''}
      ${story ? owed(view, progress) : ''}
      ${story?.answer ? answerBox(view, progress) : ''}
      ${receivedFiles(view, progress.files)}
      ${steps(view, progress)}
      <p><a href="/follow?${raw(query(view))}">${say.other}</a></p>
    `,
    PARTS,
  );
}

function owed(view: View, { story, departmentName }: Progress): Html {
  const { follow: say } = sayWords(view.lang);
  if (story === undefined) return html``;
  const { state } = story;
  const open = !['call_back', 'closed', 'withdrawn'].includes(state);
  return html`
    ${story.reopened && open ? html`<p>${say.again}</p>` : ''}
    ${departmentName ? html`<p>${say.by(departmentName)}</p>` : ''}
    ${open && state !== 'paused' ? html`<p>${say.due(formatMoment(story.dueAt))}</p>` : ''}
    ${
      open && story.contactedAt === null
        ? html`<p class="soft">${say.contactDue(formatMoment(story.contactDueAt))}</p>`
        : ''
    }
  `;
}

function answerBox(view: View, { story, wordUntil }: Progress): Html {
  const { follow: say } = sayWords(view.lang);
  if (!story?.answer) return html``;
  const word =
    story.word !== null
      ? html`<p>${say.words[story.word]}</p>`
      : wordUntil === undefined
        ? ''
        : html`
            <form method="post" action="?${raw(query(view))}" autocomplete="off">
              <h2>${say.word}</h2>
              <p>${say.wordText(dayOf(new Date(wordUntil.getTime() - 1)))}</p>
              ${story.reopened ? html`<p>${say.wordTextLast}</p>` : ''}
              <label class="above" for="note">${say.note}</label>
              <p class="soft" id="note-hint">${say.noteHint}</p>
              <textarea id="note" name="note" maxlength="2000" aria-describedby="note-hint"></textarea>
              <div class="two">
                <button name="word" value="satisfied">${say.satisfied}</button>
                <button name="word" value="dissatisfied">${say.dissatisfied}</button>
              </div>
            </form>
          `;
  return html`
    <h2>${say.answer}</h2>
    <p class="note said">${story.answer.text}</p>
    ${word}
  `;
}

function steps(view: View, { story, receivedAt }: Progress): Html {
  const { follow: say } = sayWords(view.lang);
  const done: (readonly [Date | null | undefined, string])[] = [
    [receivedAt, say.received],
    [story?.signedAt, say.signed],
    [story?.contactedAt, say.contacted],
    [story?.extendedAt, story ? say.extended(formatMoment(story.dueAt)) : ''],
    [story?.answer?.at, say.answered],
    [story?.closedAt, say.closed],
  ];
  const shown = done.flatMap(([at, name]) => (at ? [{ at, name }] : []));
  return html`
    <ol class="steps">
      ${shown
        .sort((one, other) => one.at.getTime() - other.at.getTime())
        .map(({ at, name }) => html`<li><time>${formatMoment(at)}</time>${name}</li>`)}
    </ol>
  `;
}
