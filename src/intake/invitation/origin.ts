/**
 * A site as a browser names it: scheme, host and port. Nothing else may stand in a header that lets it frame
 * our page, so whatever else an address may hold is refused.
 */
const SHAPE = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/;

/** The origin that was typed; undefined when it is none, or more than one. */
export function parseOrigin(text: string): string | undefined {
  const trimmed = text.trim().replace(/\/$/, '');
  if (!URL.canParse(trimmed)) return undefined;
  const { origin } = new URL(trimmed);
  return SHAPE.test(origin) && origin === trimmed.toLowerCase() ? origin : undefined;
}

/** The origin of an address to which somebody is led back; undefined when it is no page of the web. */
export function originOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { origin, username, password } = new URL(address);
  return SHAPE.test(origin) && username === '' && password === '' ? origin : undefined;
}
