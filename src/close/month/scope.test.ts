import { describe, expect, it } from 'vitest';
import { cliActor } from '../../oversight/access/index.ts';
import { requireCity } from './actions.ts';

const office = cliActor('370800');

describe('the end of a month', () => {
  it('is left to who oversees the whole city', () => {
    expect(() => requireCity(office)).not.toThrow();
    for (const part of [{ regionPrefix: '370811' }, { departmentCode: '11370800MB28559184' }]) {
      const scope = { cityCode: '370800', ...part };
      expect(() => requireCity({ ...office, scope })).toThrow(/whole city/);
    }
  });

  it('is nobody’s without the permission', () => {
    expect(() => requireCity({ ...office, permissions: new Set() })).toThrow(/does not allow/);
  });
});
