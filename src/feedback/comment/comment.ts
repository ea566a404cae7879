import { type CommentSubject, type InspectionState, PLATFORMS, type Platform } from './contract.ts';

/** What a comment is about. */
export interface Subject {
  readonly kind: CommentSubject;
  /** item code, USCC, window code, name of a platform, or staff number */
  readonly code: string;
}

export function isPlatform(code: string): code is Platform {
  return PLATFORMS.some((one) => one === code);
}

/** Where an inspection stands; null for what the public says, which nobody decides. */
export function stateOf(comment: {
  readonly mode: 'public' | 'inspect';
  readonly outcome: 'confirmed' | 'rejected' | null;
}): InspectionState | null {
  return comment.mode === 'public' ? null : (comment.outcome ?? 'waiting');
}
