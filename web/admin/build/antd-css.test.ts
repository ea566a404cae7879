import { describe, expect, it } from 'vitest';
import { componentCss, officeCss, render } from './antd-css.tsx';

describe('the static style sheet', () => {
  it('holds the variables of both modes and the accent', () => {
    const css = officeCss();
    expect(css).toContain('.yp-light{');
    expect(css).toContain('.yp-dark{');
    expect(css).toContain('--ant-color-primary:#1456b8');
  });

  it('can leave out the component rules of the dark mode, because they are those of the light one', () => {
    expect(componentCss(render('dark'))).toBe(componentCss(render('light')));
  });

  it('holds what short messages look like', () => {
    expect(officeCss()).toContain('.ant-message');
  });

  it('fetches nothing', () => {
    expect(officeCss()).not.toMatch(/@import|url\(["']?(https?:|\/\/)/);
  });
});
