import type { Lang } from '../../src/kernel/lang.ts';

/** Whether the browser can read aloud. */
export const canRead = 'speechSynthesis' in window && 'SpeechSynthesisUtterance' in window;

/** Reads the sentences, in place of what it was reading. */
export function readAloud(sentences: readonly string[], lang: Lang): void {
  if (!canRead) return;
  speechSynthesis.cancel();
  for (const sentence of sentences) {
    const spoken = new SpeechSynthesisUtterance(sentence);
    spoken.lang = lang;
    spoken.rate = 0.9;
    speechSynthesis.speak(spoken);
  }
}

export function stopReading(): void {
  if (canRead) speechSynthesis.cancel();
}
