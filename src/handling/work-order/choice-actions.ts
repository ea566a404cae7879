import { departmentsOfCity } from '../../feedback/comment/index.ts';
import { type Actor, requirePermission } from '../../oversight/access/index.ts';
import type { Deps } from '../../platform/deps.ts';

/** Most departments that one look offers. */
const CHOICES = 50;

/**
 * The departments of the city by name or code: whoever answers an order may ask any of them, also those
 * whose data lie outside the own scope. Names and codes stand on the public pages as well.
 */
export async function departmentsToAsk(deps: Deps, actor: Actor, q: string) {
  requirePermission(actor, 'order.read');
  const all = await departmentsOfCity(deps, actor.cityCode);
  const items = all.filter(({ code, name }) => name.includes(q) || code.startsWith(q.toUpperCase()));
  return { items: items.slice(0, CHOICES).map(({ code, name }) => ({ code, name })) };
}
