import { voiceForm } from '../../feedback/voice/index.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Http } from '../../platform/http.ts';
import type { LimitsOf } from '../work-order/index.ts';
import { handInVoice } from './actions.ts';
import { voiceAnswer } from './contract.ts';

/** How other systems hand in what people say (contract §4). */
export function resolutionRoutes(http: Http, deps: Deps, limitsOf: LimitsOf): void {
  http.post(
    '/api/v1/voices',
    {
      config: { access: { permission: 'voice.write' } },
      schema: {
        tags: ['voices'],
        summary: 'Hand in what somebody has to say: a stuck matter, a complaint, a suggestion, praise',
        body: voiceForm,
        response: { 200: voiceAnswer, 201: voiceAnswer },
      },
    },
    async ({ actor, body }, reply) => {
      const { answer, isNew } = await handInVoice(deps, actor, body, limitsOf);
      return reply.code(isNew ? 201 : 200).send(answer);
    },
  );
}
