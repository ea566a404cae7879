import { theme as antdTheme, type ThemeConfig } from 'antd';
import { accent, fontFamily } from '../ui/office.ts';

/** Light or dark; the reader's choice, or the system's until a choice is made. */
export type Mode = 'light' | 'dark';

// antd's quiet greys and its states' colours fall below 4.5:1; these don't. They stand after its algorithms,
// which would otherwise shift them again.
const lightColors = {
  colorLink: accent,
  colorTextSecondary: 'rgba(0, 0, 0, 0.68)',
  colorTextTertiary: 'rgba(0, 0, 0, 0.62)',
  colorTextQuaternary: 'rgba(0, 0, 0, 0.58)',
  colorSuccess: '#1f6b1f',
  colorSuccessText: '#1f6b1f',
  colorWarning: '#8a4b00',
  colorWarningText: '#8a4b00',
  colorError: '#b3261e',
  colorErrorText: '#b3261e',
} as const;

const darkColors = {
  colorPrimary: '#2f6fd0',
  colorPrimaryHover: '#3b7ade',
  colorPrimaryText: '#8ab8f8',
  colorInfo: '#8ab8f8',
  colorInfoText: '#8ab8f8',
  colorLink: '#8ab8f8',
  colorLinkHover: '#a9cbfa',
  colorTextSecondary: 'rgba(255, 255, 255, 0.74)',
  colorTextTertiary: 'rgba(255, 255, 255, 0.66)',
  colorTextQuaternary: 'rgba(255, 255, 255, 0.6)',
  colorSuccess: '#7bd07b',
  colorSuccessText: '#7bd07b',
  colorWarning: '#e8b04a',
  colorWarningText: '#e8b04a',
  colorError: '#ff8f87',
  colorErrorText: '#ff8f87',
} as const;

/**
 * The theme of the office for one mode. The build turns both modes into one static style sheet, so nothing
 * is styled at run time and the page works under a policy without inline styles (`style-src 'self'`).
 */
export function officeTheme(mode: Mode): ThemeConfig {
  const dark = mode === 'dark';
  return {
    algorithm: [
      dark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
      (seed, derived = antdTheme.defaultAlgorithm(seed)) => ({
        ...derived,
        ...(dark ? darkColors : lightColors),
      }),
    ],
    zeroRuntime: true,
    hashed: false,
    cssVar: { key: themeClass(mode) },
    token: {
      colorPrimary: accent,
      colorInfo: accent,
      ...(dark ? { colorBgBase: '#0c0e11' } : {}),
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
      Table: { cellPaddingBlockSM: 5, cellPaddingInlineSM: 8, headerBorderRadius: 0 },
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
