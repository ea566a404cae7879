import { queryOptions } from '@tanstack/react-query';
import { type Desk, deskSchema } from '../../../../src/close/month/desk-contract.ts';
import { call } from '../../api/call.ts';

/** How far the month's end is, and what it waits for; of all the city, or of one hall. */
export function deskQuery(month: string, unit?: string) {
  return queryOptions({
    queryKey: ['desk', month, unit],
    queryFn: ({ signal }) => call(deskSchema, `/months/${month}/desk`, { query: { unit }, signal }),
  });
}

/** The hall that the desk shows. */
export function hallOf({ unit, units }: Desk): Desk['units'][number] | undefined {
  return units.find(({ code }) => code === unit);
}

/** What a step is about, in words: the month, and the hall where it is only one. */
export function deskName(desk: Desk): string {
  const hall = hallOf(desk);
  return hall === undefined ? desk.month.month : `${desk.month.month} ${hall.name}`;
}
