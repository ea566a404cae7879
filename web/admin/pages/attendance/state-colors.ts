/** Red stands for what charges somebody. */
export const STATE_COLORS = {
  proposed: 'processing',
  protested: 'warning',
  confirmed: 'error',
  withdrawn: 'default',
  lapsed: 'default',
} as const;
