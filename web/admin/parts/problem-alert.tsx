import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Problem, Unreachable } from '../api/problem.ts';

/** Why a form was refused, above the form: the server's sentence and each field it named. */
export function ProblemAlert({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!error) return null;
  const sentence = sentenceOf(error, t('state.offline.text'), t('state.failed.text'));
  // A refusal of one field often has nothing to add to its own sentence.
  const faults =
    error instanceof Problem
      ? error.faults.filter(({ field, reason }) => field !== '' && reason !== sentence)
      : [];
  return (
    <Alert
      className="yp-alert"
      type="error"
      role="alert"
      showIcon
      title={sentence}
      description={
        faults.length > 0 ? (
          <ul className="yp-faults">
            {faults.map((fault) => (
              <li key={`${fault.field} ${fault.reason}`}>
                <code>{fault.field}</code> {fault.reason}
              </li>
            ))}
          </ul>
        ) : undefined
      }
    />
  );
}

/** The sentence that tells a reader why something failed. */
export function sentenceOf(error: unknown, offline: string, failed: string): string {
  if (error instanceof Problem) return error.message || failed;
  if (error instanceof Unreachable) return offline;
  return failed;
}
