import { describe, expect, it } from 'vitest';
import { afterCallBack, ORDER_KINDS, orderCard, TERMS } from './order.ts';

const at = (text: string) => new Date(`${text}:00+08:00`);

describe('an order', () => {
  it.each(ORDER_KINDS)('of kind %s has a usual limit', (kind) => {
    const { answer, usual } = TERMS[kind];
    expect(answer[usual]).toBeDefined();
  });

  it('shows the card of its most urgent limit', () => {
    const order = { yellow_from: at('2026-06-02T00:00'), red_from: at('2026-06-04T00:00') };
    expect(orderCard(order, at('2026-06-01T23:59'))).toBe('none');
    expect(orderCard(order, at('2026-06-02T00:00'))).toBe('yellow');
    expect(orderCard(order, at('2026-06-04T00:00'))).toBe('red');
    expect(orderCard({ yellow_from: null, red_from: null }, at('2026-06-04T00:00'))).toBe('none');
  });

  it('is opened once more for somebody dissatisfied, and once only', () => {
    expect(afterCallBack('dissatisfied', 0)).toBe('handling');
    expect(afterCallBack('dissatisfied', 1)).toBe('closed');
    expect(afterCallBack('satisfied', 0)).toBe('closed');
    expect(afterCallBack('no_answer', 0)).toBe('closed');
  });
});
