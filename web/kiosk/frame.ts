import type { Lang } from '../../src/kernel/lang.ts';
import { el, fill } from '../ui/dom.ts';
import { type Around, type Deeds, draw, matterOf, type Screen } from './screens.ts';
import { type Texts, textsOf } from './texts.ts';
import { canRead, readAloud, stopReading } from './voice.ts';

/** How the person before the tablet likes it; forgotten when the screen goes back to idle. */
interface Reader {
  lang: Lang;
  elder: boolean;
}

/** What stands at the foot: for the staff, who see how many wait and nothing else. */
export interface Status {
  away: boolean;
  waiting: number;
}

export interface Frame {
  show(screen: Screen): void;
  /** Draws the foot anew. */
  tell(status: Status): void;
  readonly screen: Screen;
  readonly lang: Lang;
}

interface FrameOptions {
  around: () => Omit<Around, 'lang'>;
  deeds: Deeds;
  onLang: (lang: Lang) => void;
}

const part = (name: string): HTMLElement => document.querySelector<HTMLElement>(name) ?? document.body;

export function openFrame({ around, deeds, onLang }: FrameOptions): Frame {
  const usual = usualReader();
  let reader = usual;
  let screen: Screen = { name: 'idle' };
  let status: Status = { away: false, waiting: 0 };
  const [header, main, footer] = [part('header'), part('main'), part('footer')];
  const change = (changed: Partial<Reader>): void => {
    reader = { ...reader, ...changed };
    onLang(reader.lang);
    paint();
  };
  const paint = (): void => {
    const { lang, elder } = reader;
    const texts = textsOf(lang);
    document.documentElement.lang = lang;
    document.title = texts.product;
    document.body.classList.toggle('elder', elder);
    document.body.dataset.screen = screen.name;
    const { place } = around();
    fill(header, el('span', {}, titleOf(place, texts)), el('div', { class: 'tools' }, ...tools(texts)));
    fill(main, ...draw(screen, { ...around(), lang }, deeds));
    foot();
  };
  const tools = (texts: Texts): HTMLElement[] => {
    const { lang, elder } = reader;
    const button = (text: string, onclick: () => void) => el('button', { type: 'button', onclick }, text);
    const read = button(texts.read, () => readAloud(spokenOf(screen, around(), lang), lang));
    return [
      ...(canRead ? [read] : []),
      button(elder ? texts.normal : texts.larger, () => change({ elder: !elder })),
      button(texts.other, () => change({ lang: lang === 'en' ? 'zh-CN' : 'en' })),
    ];
  };
  const foot = (): void => {
    const texts = textsOf(reader.lang);
    footer.classList.toggle('cut', status.away);
    fill(
      footer,
      el('span', { role: 'status' }, status.away ? texts.away : texts.online),
      el('span', {}, status.waiting > 0 ? texts.queue(status.waiting) : ''),
    );
  };
  paint();
  return {
    show(next) {
      if (next.name !== screen.name) stopReading();
      // The next person finds the tablet as it was made ready.
      if (next.name === 'idle') reader = usual;
      screen = next;
      onLang(reader.lang);
      paint();
      main.scrollTop = 0;
      if (next.name === 'pairing') main.querySelector('input')?.focus();
      else main.focus();
    },
    tell(told) {
      status = told;
      foot();
    },
    get screen() {
      return screen;
    },
    get lang() {
      return reader.lang;
    },
  };
}

function titleOf({ windowCode, windowName }: Around['place'], texts: Texts): string {
  return windowCode === '' ? texts.product : `${texts.window(windowCode)} ${windowName}`;
}

/** `?lang=en` and `?elder=1` in the address a tablet starts with make it so for everybody. */
function usualReader(): Reader {
  const asked = new URLSearchParams(location.search);
  return { lang: asked.get('lang') === 'en' ? 'en' : 'zh-CN', elder: asked.get('elder') === '1' };
}

function spokenOf(screen: Screen, { words }: Omit<Around, 'lang'>, lang: Lang): string[] {
  const texts = textsOf(lang);
  if (screen.name === 'asking') {
    const levels = (words?.levels ?? []).map(({ words: word }) => word[lang]);
    return [matterOf(screen.view, lang), texts.question, ...levels, texts.privacy];
  }
  const main = part('main');
  const said = [...main.querySelectorAll('h1, p, label')].map((one) => one.textContent ?? '');
  return said.filter((one) => one !== '');
}
