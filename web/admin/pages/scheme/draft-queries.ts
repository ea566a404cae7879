import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Draft, draftListSchema, draftSchema } from '../../../../src/ledger/scheme/draft-contract.ts';
import { call } from '../../api/call.ts';
import { currentLanguage } from '../../i18n/language.ts';

export const draftsQuery = () =>
  queryOptions({
    queryKey: ['drafts', currentLanguage()],
    queryFn: ({ signal }) => call(draftListSchema, '/scheme/drafts', { signal }),
  });

export const draftQuery = (id: string) =>
  queryOptions({
    queryKey: ['draft', id, currentLanguage()],
    queryFn: ({ signal }) => call(draftSchema, `/scheme/drafts/${id}`, { signal }),
  });

export type Step = 'propose' | 'withdraw' | 'rebase' | 'decision';

/** A step of a draft; what the server answers is the draft as it stands afterwards. */
export function useDraftStep(draft: Draft, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ step, ...more }: { step: Step; decision?: 'approve' | 'reject'; note?: string }) =>
      call(draftSchema, `/scheme/drafts/${draft.id}/${step}`, {
        body: { ...more, revision: draft.revision },
      }),
    onSuccess: async (after, { step }) => {
      cache.setQueryData(draftQuery(draft.id).queryKey, after);
      message.success(t(step === 'rebase' ? 'draft.done.rebased' : `draft.done.${after.state}`));
      onDone();
      await cache.invalidateQueries({ queryKey: ['drafts'] });
      if (after.state === 'in_force') await cache.invalidateQueries({ queryKey: ['scheme'] });
    },
  });
}
