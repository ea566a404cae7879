import { useTranslation } from 'react-i18next';

interface Ruled {
  readonly rule: string;
  readonly ruleName: { readonly zh: string; readonly en: string } | null;
}

/** What the scheme calls a rule, in the reader's language; a rule that it no longer has keeps its code. */
export function useRuleName(): (row: Ruled) => string {
  const { i18n } = useTranslation();
  const lang = i18n.language.startsWith('en') ? 'en' : 'zh';
  return ({ rule, ruleName }) => ruleName?.[lang] ?? rule;
}
