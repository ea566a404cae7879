import { Button, type TableColumnsType } from 'antd';
import type { TFunction } from 'i18next';
import type { DeskItem } from '../../../../src/feedback/rating/kiosk-contract.ts';
import { moment } from '../../format.ts';

/** @param busy the service that is being asked about at the moment */
export function deskColumns(
  t: TFunction,
  busy: string | undefined,
  ask: (stepId: string) => void,
): TableColumnsType<DeskItem> {
  return [
    {
      key: 'time',
      title: t('field.serviceTime'),
      className: 'yp-nowrap',
      render: (_, row) => moment(row.serviceTime),
    },
    { key: 'task', title: t('field.taskName'), dataIndex: 'taskName' },
    { key: 'step', title: t('field.serviceName'), dataIndex: 'serviceName' },
    {
      key: 'project',
      title: t('field.projectNo'),
      className: 'yp-nowrap',
      render: (_, row) => `${row.projectNo}-${row.serviceNumber}`,
    },
    { key: 'window', title: t('field.windowCode'), className: 'yp-nowrap', dataIndex: 'windowCode' },
    { key: 'state', title: t('clerkDesk.state'), render: (_, row) => stateOf(t, row) },
    {
      key: 'ask',
      // Always in sight: however narrow the screen is, what the button asks about stands beside it.
      fixed: 'right',
      title: t('clerkDesk.invite'),
      render: (_, row, index) => (
        <Button
          data-ask
          size="small"
          autoFocus={index === 0}
          type={row.askedAt ? 'default' : 'primary'}
          loading={busy === row.stepId}
          onKeyDown={moveByArrows}
          onClick={() => ask(row.stepId)}
        >
          {t(row.askedAt ? 'clerkDesk.again' : 'clerkDesk.invite')}
        </Button>
      ),
    },
  ];
}

function stateOf(t: TFunction, { askedAt, shownAt }: DeskItem): string {
  if (shownAt) return t('clerkDesk.shown', { at: moment(shownAt) });
  return askedAt ? t('clerkDesk.asked', { at: moment(askedAt) }) : t('clerkDesk.notAsked');
}

/** Up and down go from one row's button to the next, so that a hand can stay on the keys. */
function moveByArrows(event: React.KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const rows = event.currentTarget.closest('tbody');
  const buttons = [...(rows?.querySelectorAll<HTMLElement>('button[data-ask]') ?? [])];
  const next = buttons[buttons.indexOf(event.currentTarget) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
