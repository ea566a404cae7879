/** How an instance sends e-mail; read from the environment by config. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte; `starttls`: no word before TLS; `none`: a relay next door. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly auth: { readonly user: string; readonly pass: string } | null;
  /** Certificates of a certification office of one's own. */
  readonly caFile: string | null;
  readonly from: string;
}

/**
 * Reads `smtps://user:password@host:465`, `smtp://…:587` (TLS begins before anything else is said) and
 * `smtp://host?tls=none`; undefined for anything else, and for a password without TLS.
 */
export function mailSettingsOf(
  text: string,
  { from, caFile }: { from: string; caFile: string | null },
): MailSettings | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const { protocol, hostname, username, password, searchParams } = url;
  if (protocol !== 'smtp:' && protocol !== 'smtps:') return undefined;
  if (hostname === '' || [...searchParams.keys()].some((key) => key !== 'tls')) return undefined;
  const asked = searchParams.get('tls');
  if (asked !== null && asked !== 'none') return undefined;
  const implicit = protocol === 'smtps:';
  const tls = implicit ? 'implicit' : asked === 'none' ? 'none' : 'starttls';
  if ((username !== '' && asked === 'none') || (implicit && asked !== null)) return undefined;
  const auth = username === '' ? null : { user: decoded(username), pass: decoded(password) };
  const host = hostname.replace(/^\[|\]$/g, '');
  return { host, port: Number(url.port) || (implicit ? 465 : 587), tls, auth, caFile, from };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An origin such as `https://im.example.gov.cn`, as URL gives it; undefined for anything more or less. */
export function originOfText(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, protocol, pathname, search, hash, username } = new URL(text);
  const bare = (pathname === '/' || pathname === '') && search === '' && hash === '' && username === '';
  return bare && (protocol === 'https:' || protocol === 'http:') ? origin : undefined;
}
