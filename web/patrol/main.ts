import type { PatrolKit } from '../../src/conduct/inspection/desk-contract.ts';
import { now } from '../ui/clock.ts';
import { el, fill } from '../ui/dom.ts';
import { newId } from '../ui/id.ts';
import { type Entered, formScreen } from './form.ts';
import './patrol.css';
import { flush, type Stop } from './queue.ts';
import { type Rule, rulesScreen, type Subject, windowsScreen, worded } from './screens.ts';
import { askKit, askWho, No } from './server.ts';
import { openStore, type Store } from './store.ts';
import { chooseLanguage, language, texts } from './texts.ts';

/** Looked whether the line is back this often while something waits. */
const LOOK_MS = 20_000;

type Window = PatrolKit['windows'][number];
type Screen =
  | { name: 'windows' }
  | { name: 'rules'; window: Window }
  | { name: 'form'; window: Window; subject: Subject; rule: Rule };

const part = (name: string): HTMLElement => document.querySelector<HTMLElement>(name) ?? document.body;

/** The page on the phone: window → rule → words and photos → sent, or kept until it can be. */
class Patrol {
  readonly #store: Store;
  #kit: PatrolKit | undefined;
  #who: { id: string; name: string } | undefined;
  #screen: Screen = { name: 'windows' };
  #stop: Stop = null;
  #mayNot = '';
  #said = '';
  #busy: Promise<void> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  async start(): Promise<void> {
    this.#kit = await this.#store.kept('kit');
    this.#who = await this.#store.kept('who');
    await this.#refresh();
    const wanted = new URLSearchParams(location.search).get('window');
    const window = this.#kit?.windows.find(({ code }) => code === wanted);
    if (window) this.#screen = { name: 'rules', window };
    await this.#paint();
    addEventListener('online', () => void this.#sync());
    addEventListener('offline', () => void this.#tell('away'));
    setInterval(() => void this.#look(), LOOK_MS);
  }

  /** Who is here and what they may see; without a line, what was kept. */
  async #refresh(): Promise<void> {
    try {
      const who = await askWho();
      if (who === null) {
        this.#stop = 'signed-out';
        return;
      }
      this.#who = who;
      await this.#store.keep('who', who);
      this.#kit = await askKit();
      await this.#store.keep('kit', this.#kit);
      [this.#stop, this.#mayNot] = [null, ''];
      this.#stop = await flush(this.#store, who.id);
    } catch (error) {
      if (error instanceof No && error.status === 403) this.#mayNot = texts().mayNot;
      else this.#stop = error instanceof No && error.status === 401 ? 'signed-out' : 'away';
    }
  }

  async #look(): Promise<void> {
    if (this.#stop === 'away' || (await this.#store.all()).length > 0) await this.#sync();
  }

  /** One at a time: a second wish to send waits for the first. */
  #sync(): Promise<void> {
    this.#busy ??= this.#refresh().finally(() => {
      this.#busy = undefined;
    });
    return this.#busy.then(() => (this.#screen.name === 'windows' ? this.#paint() : this.#head()));
  }

  async #tell(stop: Stop): Promise<void> {
    this.#stop = stop;
    await this.#head();
  }

  async #head(): Promise<void> {
    const say = texts();
    const waiting = (await this.#store.all()).length;
    document.documentElement.lang = language();
    document.title = say.product;
    const swap = (): void => {
      chooseLanguage(language() === 'en' ? 'zh-CN' : 'en');
      void this.#paint();
    };
    fill(
      part('header'),
      el('strong', {}, say.product),
      el('span', { class: 'count' }, waiting > 0 ? say.waiting(waiting) : ''),
      el('button', { type: 'button', onclick: swap }, say.other),
    );
    const foot = part('footer');
    foot.classList.toggle('cut', this.#stop !== null);
    fill(foot, el('span', { role: 'status' }, this.#stop === 'away' ? say.away : say.online));
  }

  async #paint(): Promise<void> {
    await this.#head();
    const main = part('main');
    fill(main, ...this.#notices(), ...(this.#mayNot ? [] : await this.#content()));
    main.scrollTop = 0;
  }

  #notices(): HTMLElement[] {
    const say = texts();
    const title = el('h1', {}, say.product);
    const signIn = el('a', { href: '/admin/', class: 'button' }, say.signIn);
    if (this.#mayNot) return [title, el('p', { role: 'alert', class: 'fault' }, say.mayNot), signIn];
    if (this.#stop !== 'signed-out') return [];
    return [title, el('p', { role: 'alert', class: 'fault' }, say.signedOut), signIn];
  }

  async #content(): Promise<HTMLElement[]> {
    const kit = this.#kit;
    const say = texts();
    if (kit === undefined || this.#who === undefined) {
      if (this.#stop === 'signed-out') return [];
      const again = el('button', { type: 'button', onclick: () => void this.#sync() }, say.retry);
      return [el('h1', {}, say.product), el('p', {}, say.noKit), again];
    }
    const screen = this.#screen;
    const go = (next: Screen): void => {
      this.#screen = next;
      this.#said = '';
      void this.#paint().then(() => part('main').focus());
    };
    if (screen.name === 'rules') {
      return rulesScreen(kit, screen.window, {
        choose: (subject, rule) => go({ name: 'form', window: screen.window, subject, rule }),
        back: () => go({ name: 'windows' }),
      });
    }
    if (screen.name === 'form') {
      return formScreen(
        { kit, windowCode: screen.window.code, subject: screen.subject, rule: screen.rule },
        {
          save: (entered) => void this.#save(screen, entered),
          back: () => go({ name: 'rules', window: screen.window }),
        },
      );
    }
    const standing = {
      me: this.#who.id,
      waiting: await this.#store.all(),
      refused: await this.#store.refused(),
      said: this.#said,
    };
    return windowsScreen(kit, standing, {
      choose: (window) => go({ name: 'rules', window }),
      sendNow: () => void this.#sync(),
      putAway: (id) => void this.#store.putAway(id).then(() => this.#paint()),
    });
  }

  /** On the disk first, and out from there. */
  async #save(about: Screen & { name: 'form' }, { evidence, visitId, photos }: Entered): Promise<void> {
    if (this.#who === undefined || this.#screen !== about) return;
    const { window, subject, rule } = about;
    const id = newId();
    const form = {
      id,
      way: visitId === null ? ('patrol' as const) : ('mystery' as const),
      windowCode: window.code,
      subjectKind: subject.kind,
      subjectCode: subject.code,
      rule: rule.code as never,
      evidence,
      claimedAt: now().toISOString(),
      photos: photos.length,
      ...(visitId === null ? {} : { visitId }),
    };
    const title = `${window.code} · ${subject.label} · ${worded(rule.name)}`;
    this.#screen = { name: 'windows' };
    try {
      await this.#store.add({ id, by: this.#who.id, form, photos, title });
    } catch {
      this.#screen = about;
      part('main').append(el('p', { class: 'fault', role: 'alert' }, texts().full));
      return;
    }
    this.#said = texts().saved;
    await this.#paint();
    part('main').focus();
    await this.#sync();
    const left = await this.#store.all();
    const refused = await this.#store.refused();
    const gone = ![...left, ...refused.map(({ entry }) => entry)].some((entry) => entry.id === id);
    this.#said = gone ? texts().sent : this.#said;
    if (refused.some(({ entry }) => entry.id === id)) this.#said = '';
    if (this.#screen.name === 'windows') await this.#paint();
  }
}

async function begin(): Promise<void> {
  const store = await openStore().catch(() => undefined);
  if (store === undefined) {
    fill(part('main'), el('p', { role: 'alert' }, texts().storeless));
    return;
  }
  // Asks the browser not to clear the queue when the disk gets short.
  void navigator.storage?.persist?.();
  await new Patrol(store).start();
  if ('serviceWorker' in navigator) {
    await navigator.serviceWorker.register('/admin/patrol/worker.js', { scope: '/admin/patrol/' });
  }
}

void begin();
