import type { PatrolKit } from '../../src/conduct/inspection/desk-contract.ts';
import { el, fill } from '../ui/dom.ts';
import { shrink } from './photo.ts';
import { backButton, type Rule, type Subject, worded } from './screens.ts';
import type { Photo } from './store.ts';
import { texts } from './texts.ts';

/** What the person has entered. */
export interface Entered {
  evidence: string;
  visitId: string | null;
  photos: Photo[];
}

interface About {
  kit: PatrolKit;
  windowCode: string;
  subject: Subject;
  rule: Rule;
}

/** The last screen: words, photos, and out it goes. */
export function formScreen(
  { kit, windowCode, subject, rule }: About,
  deeds: { save: (entered: Entered) => void; back: () => void },
): HTMLElement[] {
  const say = texts();
  const words = el('textarea', { id: 'evidence', rows: '4', maxlength: '1000', required: true });
  const fault = el('p', { class: 'fault', id: 'fault', role: 'alert' });
  words.setAttribute('aria-describedby', 'fault');
  const { photos, box } = photoBox(kit);
  const visits = kit.visits.filter((visit) => visit.windowCode === windowCode);
  const source = el(
    'select',
    { id: 'source' },
    el('option', { value: '' }, say.patrol),
    ...visits.map(({ id, purpose }) => el('option', { value: id }, say.mystery(purpose))),
  );
  const save = (): void => {
    const evidence = words.value.trim();
    fault.textContent = evidence.length < 2 ? say.evidenceNeeded : '';
    if (evidence.length < 2) words.focus();
    else deeds.save({ evidence, visitId: source.value || null, photos });
  };
  return [
    backButton(deeds.back),
    el('h1', {}, worded(rule.name)),
    el('p', {}, `${subject.label} · ${rule.points}`),
    el('label', { for: 'evidence' }, say.evidence),
    words,
    fault,
    ...(visits.length > 0 ? [el('label', { for: 'source' }, say.visit), source] : []),
    ...box,
    el('p', { class: 'soft' }, say.time),
    el('button', { type: 'button', class: 'primary', onclick: save }, say.save),
  ];
}

/** Photos are made small at once: what is shown is what is sent. */
function photoBox({ photo: limits }: PatrolKit): { photos: Photo[]; box: HTMLElement[] } {
  const say = texts();
  const photos: Photo[] = [];
  const shown = el('div', { class: 'photos' });
  const fault = el('p', { class: 'fault', role: 'alert' });
  const pictures = new Map<Photo, HTMLCanvasElement>();
  const paint = (): void => {
    const one = (photo: Photo, index: number): HTMLElement => {
      const canvas = pictures.get(photo) as HTMLCanvasElement;
      canvas.setAttribute('role', 'img');
      canvas.setAttribute('aria-label', say.photoNo(index + 1));
      const remove = (): void => {
        photos.splice(photos.indexOf(photo), 1);
        paint();
      };
      const button = el('button', { type: 'button', onclick: remove }, say.remove(index + 1));
      return el('figure', {}, canvas, button);
    };
    fill(shown, ...photos.map(one));
    picker.disabled = photos.length >= limits.most;
  };
  const picker = el('input', { type: 'file', id: 'photos', accept: 'image/*', capture: 'environment' });
  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])];
    picker.value = '';
    void (async () => {
      fault.textContent = '';
      for (const file of files) {
        const made = await shrink(file, limits);
        if (made === undefined) fault.textContent = say.notPhoto(file.name);
        else if (photos.length < limits.most) {
          const photo = { name: `${photos.length + 1}.jpg`, blob: made.blob };
          photos.push(photo);
          pictures.set(photo, made.canvas);
        }
      }
      paint();
    })();
  });
  const label = el('label', { for: 'photos' }, say.addPhoto);
  const hint = el('p', { class: 'soft' }, say.photoLimit(limits.most));
  return { photos, box: [el('h2', {}, say.photos), label, picker, hint, fault, shown] };
}
