import { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../access/index.ts';

/** Whose messages and choices are meant. */
export interface Owner {
  readonly cityCode: string;
  readonly userId: string;
}

/** Messages are a person's own: nobody else's are ever read or changed. */
export function ownerOf(actor: Actor): Owner {
  if (actor.kind !== 'user') throw new Refusal('access.permission_denied');
  return { cityCode: actor.cityCode, userId: actor.id };
}
