import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { roleListSchema } from '../../../../src/oversight/access/contract.ts';
import { call } from '../../api/call.ts';

/** Names of the roles in the reader's language, as the server knows them. */
export function useRoleNames() {
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ['roles'],
    queryFn: ({ signal }) => call(roleListSchema, '/roles', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const all = (data?.items ?? []).map((each) => ({
    ...each,
    text: i18n.language === 'en' ? each.name.en : each.name.zh,
  }));
  return { all, of: (role: string) => all.find((each) => each.role === role)?.text ?? role };
}
