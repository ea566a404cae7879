/** What a reader chose on this device; nothing personal, nothing secret. */
export type Preference = 'lang' | 'mode' | 'nav';

export function read(name: Preference): string | undefined {
  try {
    return localStorage.getItem(`yiping.${name}`) ?? undefined;
  } catch {
    // Storage may be switched off by policy: then choices last as long as the page.
    return undefined;
  }
}

export function write(name: Preference, value: string): void {
  try {
    localStorage.setItem(`yiping.${name}`, value);
  } catch {
    // See `read`.
  }
}
