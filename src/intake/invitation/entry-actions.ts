import type { StepId } from '../../kernel/ids.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Deps } from '../../platform/deps.ts';
import { entryText, readEntry } from './entry.ts';
import { entryMinutes } from './entry-rules.ts';
import { mayReturn } from './origin-actions.ts';
import './origin-contract.ts';
import { tokenFor } from './token.ts';

/** What a portal or App gets for one of its users. */
export interface PortalLink {
  /** opens the rating page for some minutes */
  url: string;
  expiresAt: Date;
  /** for a frame or a button in the portal's own page */
  embedUrl: string;
}

export interface LinkWish {
  cityCode: string;
  stepId: StepId;
  channel: number;
  ratableUntil: Date;
  returnUrl?: string | undefined;
  keyName: string;
}

/** A link into the rating page. @throws Refusal `link.not_ratable`, `link.return_not_allowed` */
export async function portalLink(deps: Deps, wish: LinkWish): Promise<PortalLink> {
  const now = deps.clock.now();
  if (wish.ratableUntil <= now) throw new Refusal('link.not_ratable');
  const { cityCode, stepId, channel, returnUrl: back = '' } = wish;
  if (back !== '' && !(await mayReturn(deps.db.app, cityCode, { address: back, keyName: wish.keyName })))
    throw new Refusal('link.return_not_allowed', {}, { field: 'returnUrl' });
  const expiresAt = new Date(now.getTime() + entryMinutes(now) * 60_000);
  const until = Math.floor(expiresAt.getTime() / 1000);
  const text = entryText(deps.keys, { stepId, channel, until, back });
  const { publicUrl } = deps.config;
  return {
    url: `${publicUrl}/go/${text}${back === '' ? '' : `?back=${encodeURIComponent(back)}`}`,
    expiresAt,
    embedUrl: `${publicUrl}/embed/${tokenFor(deps.keys, stepId, channel)}`,
  };
}

/** The token behind an entry. @throws Refusal `link.over` for one that is old, cut or changed */
export function tokenOfEntry(deps: Deps, text: string, back: string): string {
  const entry = readEntry(deps.keys, text, back);
  if (entry === null || entry.until * 1000 <= deps.clock.now().getTime()) throw new Refusal('link.over');
  return tokenFor(deps.keys, entry.stepId, entry.channel);
}
