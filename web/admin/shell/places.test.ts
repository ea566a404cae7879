import { describe, expect, it } from 'vitest';
import type { Permission } from '../../../src/oversight/access/contract.ts';
import { openPlaces } from './places.ts';

const names = (...permissions: Permission[]) =>
  openPlaces((permission) => permissions.includes(permission)).flatMap((stage) =>
    stage.places.map((place) => place.name),
  );

describe('navigation', () => {
  it('shows only what the permissions allow', () => {
    expect(names()).toEqual(['home', 'messages']);
    expect(names('score.own')).toEqual(['home', 'messages', 'myFile']);
    expect(names('audit.read')).toEqual(['home', 'messages', 'audit', 'seals']);
  });

  it('shows the wage office the results and neither ratings nor service records', () => {
    const open = names('registry.read', 'score.read', 'export.run');
    expect(open).toEqual(expect.arrayContaining(['scores', 'pay']));
    expect(open.filter((name) => name === 'ratings' || name === 'records')).toEqual([]);
  });

  it('opens the corrections to those who propose and to those who decide', () => {
    expect(names('record.approve')).toContain('corrections');
    expect(names('record.correct')).toContain('corrections');
  });
});
