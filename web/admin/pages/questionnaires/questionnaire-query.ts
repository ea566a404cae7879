import { queryOptions } from '@tanstack/react-query';
import { questionnaireDetail } from '../../../../src/feedback/questionnaire/contract.ts';
import { call } from '../../api/call.ts';

export function questionnaireQuery(id: string) {
  return queryOptions({
    queryKey: ['questionnaire', id],
    queryFn: ({ signal }) => call(questionnaireDetail, `/questionnaires/${id}`, { signal }),
  });
}
