import { theme as antdTheme, type ThemeConfig } from 'antd';
import { accent, fontFamily } from '../ui/office.ts';

/** Light or dark; the reader's choice, or the system's until a choice is made. */
export type Mode = 'light' | 'dark';

// antd's quiet greys fall below 4.5:1; these don't.
const lightColors = {
  colorLink: accent,
  colorTextSecondary: 'rgba(0, 0, 0, 0.68)',
  colorTextTertiary: 'rgba(0, 0, 0, 0.62)',
  colorTextDescription: 'rgba(0, 0, 0, 0.62)',
  colorTextPlaceholder: 'rgba(0, 0, 0, 0.58)',
} as const;

const darkColors = {
  colorBgBase: '#10151c',
  colorPrimary: '#4a8be6',
  colorLink: '#86b6f7',
  colorTextSecondary: 'rgba(255, 255, 255, 0.72)',
  colorTextTertiary: 'rgba(255, 255, 255, 0.64)',
  colorTextDescription: 'rgba(255, 255, 255, 0.64)',
  colorTextPlaceholder: 'rgba(255, 255, 255, 0.58)',
} as const;

/**
 * The theme of the office for one mode. The build turns both modes into one static style sheet, so nothing
 * is styled at run time and the page works under a policy without inline styles (`style-src 'self'`).
 */
export function officeTheme(mode: Mode): ThemeConfig {
  const dark = mode === 'dark';
  return {
    algorithm: dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    zeroRuntime: true,
    hashed: false,
    cssVar: { key: themeClass(mode) },
    token: {
      colorPrimary: accent,
      colorInfo: accent,
      ...(dark ? darkColors : lightColors),
      fontFamily,
      fontSize: 14,
      lineHeight: 22 / 14,
      borderRadius: 4,
      controlHeight: 30,
      controlHeightSM: 24,
      wireframe: false,
      motion: false,
    },
    components: {
      Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 10, headerBorderRadius: 0 },
      Menu: { itemHeight: 32, itemMarginBlock: 1, itemBorderRadius: 4, activeBarBorderWidth: 0 },
      Segmented: { trackBg: dark ? 'rgba(255, 255, 255, 0.08)' : 'rgba(0, 0, 0, 0.07)' },
      Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
    },
  };
}

/** The class that carries a mode's CSS variables. */
export function themeClass(mode: Mode): string {
  return `yp-${mode}`;
}
