import type {
  KioskRating,
  KioskState,
  ShownInvitationView,
} from '../../src/feedback/rating/kiosk-contract.ts';
import { isPhone } from '../../src/kernel/codes.ts';
import { now, steadyMs } from '../ui/clock.ts';
import { newId } from '../ui/id.ts';
import { type Frame, openFrame } from './frame.ts';
import './kiosk.css';
import './contact.css';
import { type Line, openLine } from './line.ts';
import { openQueue, type Queue } from './queue.ts';
import type { Around, Deeds } from './screens.ts';
import { askWords, isUnpaired, pair, Refused, show, speak, upload } from './server.ts';
import { type Kept, openStore, type Store } from './store.ts';

/** Looked for a newer page this often; it takes over when nobody stands before the tablet. */
const RENEW_MS = 3_600_000;

/** The tablet: one screen at a time, a queue, a line. */
class Kiosk {
  readonly #store: Store;
  #queue: Queue | undefined;
  #frame: Frame;
  #line: Line;
  #around: Omit<Around, 'lang' | 'online'>;
  #away = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #shownMs = 0;
  #stale = false;
  #unsaved: KioskRating | undefined;

  constructor(store: Store, kept: { words: Kept['words'] | undefined; place: Kept['place'] | undefined }) {
    this.#store = store;
    this.#around = {
      words: kept.words,
      place: kept.place ?? { windowCode: '', windowName: '' },
      survey: false,
    };
    this.#frame = openFrame({
      around: () => ({ ...this.#around, online: !this.#away }),
      deeds: this.#deeds(),
      onLang: speak,
    });
    this.#line = openLine({
      waiting: () => this.#queue?.length ?? 0,
      onState: (state) => void this.#onState(state),
      onAway: () => {
        this.#tell(true);
        this.#offer(false);
      },
      onUnpaired: (refused) => this.#unpaired(refused),
    });
  }

  async start(): Promise<void> {
    this.#queue = await openQueue(this.#store, () => this.#tell(this.#away));
    const asking = await this.#store.kept('asking');
    this.#frame.show({ name: 'idle' });
    // After a power cut, who stands before the tablet goes on where they were, as long as they still may.
    const left = asking ? this.#seconds('answerSeconds') * 1000 - (now().getTime() - asking.at) : 0;
    if (asking && left > 0 && left <= this.#seconds('answerSeconds') * 1000) this.#ask(asking.view);
    this.#tell(false);
    this.#line.start();
    window.addEventListener('online', () => this.#line.ask());
    window.addEventListener('offline', () => this.#tell(true));
    for (const touch of ['pointerdown', 'keydown', 'input'])
      document.addEventListener(touch, () => this.#stillThere(), true);
  }

  /** A newer page is ready; it is opened once nobody is in the middle of anything. */
  renew(): void {
    this.#stale = true;
    if (this.#frame.screen.name === 'idle') location.reload();
  }

  #deeds(): Deeds {
    return {
      pair: (code) => void this.#pair(code),
      choose: (level) => {
        const { screen } = this.#frame;
        if (screen.name !== 'asking') return;
        const empty = { tags: [], text: '', wish: null, fault: false };
        this.#frame.show({ name: 'reasons', view: screen.view, level, ...empty });
      },
      back: () => {
        const { screen } = this.#frame;
        if (screen.name === 'reasons') this.#frame.show({ name: 'asking', view: screen.view });
        if (screen.name === 'contact') this.#frame.show({ ...screen.reasons, wish: null });
      },
      contact: () => {
        const { screen } = this.#frame;
        if (screen.name !== 'reasons') return;
        const wish = screen.wish ?? { name: '', phone: '' };
        this.#frame.show({ name: 'contact', reasons: { ...screen, fault: false }, wish, fault: false });
      },
      submit: () => {
        if (this.#frame.screen.name === 'contact') this.#keepWish();
        else void this.#submit();
      },
      tryAgain: () => {
        if (this.#unsaved) void this.#save(this.#unsaved);
      },
    };
  }

  #tell(away: boolean): void {
    this.#away = away;
    this.#frame.tell({ away, waiting: this.#queue?.length ?? 0 });
  }

  /** A questionnaire is offered only while the server can be reached. */
  #offer(survey: boolean): void {
    if (this.#around.survey === survey) return;
    this.#around = { ...this.#around, survey };
    if (this.#frame.screen.name === 'idle') this.#frame.show({ name: 'idle' });
  }

  async #onState(state: KioskState): Promise<void> {
    this.#tell(false);
    this.#offer(state.survey);
    const { windowCode, windowName } = state.device;
    const { place, words } = this.#around;
    const moved = place.windowCode !== windowCode || place.windowName !== windowName;
    if (moved) {
      this.#around = { ...this.#around, place: { windowCode, windowName } };
      await this.#store.keep('place', this.#around.place).catch(() => undefined);
    }
    try {
      if (words?.on !== state.on) {
        this.#around = { ...this.#around, words: await askWords() };
        await this.#store.keep('words', this.#around.words ?? null).catch(() => undefined);
      }
      const { name } = this.#frame.screen;
      if (name === 'pairing' || (name === 'idle' && moved)) this.#frame.show({ name: 'idle' });
      if (state.invitation !== null && this.#isFree()) await this.#open(state.invitation);
      await this.#queue?.flush();
    } catch (error) {
      this.#onFailure(error);
    }
  }

  #isFree(): boolean {
    return ['idle', 'thanks', 'already'].includes(this.#frame.screen.name);
  }

  /** Nothing is shown before the server has written down that it is: so what is tapped then counts. */
  async #open(id: string): Promise<void> {
    const view = await show(id).catch((error: unknown) => {
      // Over, or on another tablet.
      if (error instanceof Refused && !isUnpaired(error)) return undefined;
      throw error;
    });
    if (view === undefined || !this.#isFree()) return;
    if (view.state === 'rated') {
      this.#frame.show({ name: 'already' });
      this.#later('thanksSeconds');
      return;
    }
    await this.#store.keep('asking', { view, at: now().getTime() }).catch(() => undefined);
    this.#ask(view);
  }

  #ask(view: ShownInvitationView): void {
    this.#shownMs = steadyMs();
    this.#frame.show({ name: 'asking', view });
    this.#later('answerSeconds');
  }

  /** What was typed is looked at here: the server would keep the rating and drop the wish. */
  #keepWish(): void {
    const { screen } = this.#frame;
    if (screen.name !== 'contact') return;
    const name = screen.wish.name.trim();
    const phone = screen.wish.phone.normalize('NFKC').replace(/[\s()]/g, '');
    const empty = name === '' && phone === '';
    if (empty || isPhone(phone))
      this.#frame.show({ ...screen.reasons, wish: empty ? null : { name, phone } });
    else this.#frame.show({ ...screen, fault: true });
  }

  /** Stored first, thanked then. */
  async #submit(): Promise<void> {
    const { screen } = this.#frame;
    if (screen.name !== 'reasons') return;
    const text = screen.text.trim();
    const good = this.#around.words?.levels.find(({ code }) => code === screen.level)?.good ?? true;
    if (!good && screen.tags.length === 0 && text === '') {
      this.#frame.show({ ...screen, fault: true });
      return;
    }
    await this.#save({
      id: newId(),
      invitation: screen.view.id,
      satisfaction: screen.level,
      evalDetail: screen.tags.map(String),
      writingEvaluation: text,
      ...(screen.wish ? { contact: screen.wish } : {}),
      deviceAt: now().toISOString(),
      tookMs: Math.round(steadyMs() - this.#shownMs),
    });
  }

  async #save(rating: KioskRating): Promise<void> {
    const queue = this.#queue;
    if (!queue) return;
    try {
      await queue.add(rating);
    } catch {
      await this.#sendUnsaved(rating);
      return;
    }
    this.#unsaved = undefined;
    this.#thank(this.#away);
    await queue.flush().catch((error: unknown) => {
      this.#onFailure(error);
      // It was thought to be on its way.
      if (this.#away && this.#frame.screen.name === 'thanks')
        this.#frame.show({ name: 'thanks', here: true });
    });
  }

  /** The disk is full: the line may still be there. */
  async #sendUnsaved(rating: KioskRating): Promise<void> {
    try {
      const [outcome] = await upload([rating]);
      if (outcome && outcome.outcome !== 'again') {
        this.#unsaved = undefined;
        this.#thank(false);
        await this.#store.keep('asking', null).catch(() => undefined);
        return;
      }
    } catch {
      // Neither disk nor line.
    }
    this.#unsaved = rating;
    this.#frame.show({ name: 'full' });
    this.#later('answerSeconds');
  }

  #thank(here: boolean): void {
    this.#frame.show({ name: 'thanks', here });
    this.#later('thanksSeconds');
  }

  #seconds(which: 'answerSeconds' | 'thanksSeconds'): number {
    return this.#around.words?.[which] ?? 0;
  }

  /** Back to idle: without a rating when nothing was sent. */
  #later(which: 'answerSeconds' | 'thanksSeconds'): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#rest(), this.#seconds(which) * 1000);
  }

  async #rest(): Promise<void> {
    this.#unsaved = undefined;
    this.#frame.show({ name: 'idle' });
    await this.#store.keep('asking', null).catch(() => undefined);
    if (this.#stale) location.reload();
    else this.#line.ask();
  }

  #stillThere(): void {
    if (['asking', 'reasons', 'contact', 'full'].includes(this.#frame.screen.name))
      this.#later('answerSeconds');
  }

  #onFailure(error: unknown): void {
    if (isUnpaired(error)) this.#unpaired(error);
    else if (!(error instanceof Refused)) this.#tell(true);
  }

  /** What waits stays on the tablet and goes on after it is paired again. */
  #unpaired(refused: Refused): void {
    this.#line.stop();
    clearTimeout(this.#timer);
    this.#tell(false);
    const fault = refused.code === 'device.not_paired' && this.#queue?.length === 0 ? '' : refused.message;
    this.#frame.show({ name: 'pairing', fault, away: false });
  }

  async #pair(code: string): Promise<void> {
    try {
      await pair(code);
      this.#line.start();
    } catch (error) {
      const fault = error instanceof Refused ? error.message : '';
      this.#frame.show({ name: 'pairing', fault, away: !(error instanceof Refused) });
    }
  }
}

/** Before anything is known: a frame that only says why nothing else comes. */
function onlySay(name: 'insecure' | 'storeless'): void {
  const nothing = (): void => undefined;
  const deeds = {
    pair: nothing,
    choose: nothing,
    back: nothing,
    contact: nothing,
    submit: nothing,
    tryAgain: nothing,
  };
  const place = { windowCode: '', windowName: '' };
  openFrame({
    around: () => ({ words: undefined, place, survey: false, online: false }),
    deeds,
    onLang: nothing,
  }).show({
    name,
  });
}

async function begin(): Promise<void> {
  if (!window.isSecureContext || !('serviceWorker' in navigator)) {
    onlySay('insecure');
    return;
  }
  const store = await openStore().catch(() => undefined);
  if (store === undefined) {
    onlySay('storeless');
    return;
  }
  // Asks the browser not to clear the queue when the disk gets short.
  void navigator.storage?.persist?.();
  const kiosk = new Kiosk(store, { words: await store.kept('words'), place: await store.kept('place') });
  await kiosk.start();
  const hadPage = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (hadPage) kiosk.renew();
  });
  const worker = await navigator.serviceWorker.register('/kiosk/worker.js', { scope: '/kiosk/' });
  setInterval(() => void worker.update().catch(() => undefined), RENEW_MS);
}

void begin();
