import type { Day } from '../../kernel/day.ts';
import type { VoiceKind } from './contract.ts';

/** The letters before the number under which people know it. */
const LETTERS: Readonly<Record<VoiceKind, string>> = {
  stuck_matter: 'BBC',
  complaint: 'TS',
  suggestion: 'JY',
  praise: 'BY',
  contact_request: 'LX',
};

/** The number told to whoever spoke, such as TS2026-000123. */
export function voiceNumber(kind: VoiceKind, on: Day, count: number): string {
  return `${LETTERS[kind]}${on.slice(0, 4)}-${String(count).padStart(6, '0')}`;
}

/** A phone number as it is compared: digits only. */
export function plainPhone(phone: string): string {
  return phone.replace(/\D/g, '');
}

/** What the files of voices belong to. */
export const VOICE_FILES = 'voice';
