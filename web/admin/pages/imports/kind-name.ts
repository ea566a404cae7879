import { useTranslation } from 'react-i18next';

const known = [
  'regions',
  'departments',
  'windows',
  'staff',
  'postings',
  'items',
  'materials',
  'item_steps',
  'ticket_groups',
  'service-records',
  'ratings',
  'stationing',
  'findings',
  'merits',
  'complaints',
  'call-backs',
  'calendar',
] as const;

/** What staff call a kind of import file; an unknown one keeps its own word. */
export function useKindName(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => {
    const found = known.find((each) => each === kind);
    return found ? t(`importKind.${found}`) : kind;
  };
}
