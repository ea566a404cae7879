/** The one accent of the product (contrast 6.9:1 on white). */
export const accent = '#1456b8';

/** Fonts that are on the machine; nothing is fetched. */
export const fontFamily =
  '"PingFang SC", "Microsoft YaHei", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", ' +
  'system-ui, "Segoe UI", sans-serif';
