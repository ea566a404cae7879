import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs';
import * as antd from 'antd';
import type { ComponentType, ReactElement, ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import type { Plugin } from 'vite';
import { type Mode, officeTheme } from '../theme.ts';
import { styledComponents } from './antd-components.ts';

const virtualId = 'virtual:antd.css';

/**
 * Gives the static style sheet of the antd components the office uses, in both modes, as the module
 * `virtual:antd.css`. Rendering each component once at build time is what antd itself does for its
 * complete `antd.css`; taking only the used ones makes the file a third as long.
 */
export function antdCss(): Plugin {
  return {
    name: 'antd-css',
    resolveId: (id) => (id === virtualId ? `\0${virtualId}` : undefined),
    load: (id) => (id === `\0${virtualId}` ? officeCss() : undefined),
  };
}

/** Component styles once (they only name variables), then the variables of each mode. */
export function officeCss(): string {
  const light = render('light');
  const dark = render('dark');
  return [
    componentCss(light),
    extractStyle(light, { plain: true, types: ['token', 'cssVar'] }),
    extractStyle(dark, { plain: true, types: ['token', 'cssVar'] }),
  ]
    .map((css) => css.replace(/\.data-ant-cssinjs-cache-path\{content:"[^"]*";\}/g, ''))
    .join('\n');
}

/** The rules of the components without the variables of a mode. */
export function componentCss(cache: ReturnType<typeof render>): string {
  return extractStyle(cache, { plain: true, types: ['style'] });
}

export function render(mode: Mode) {
  const cache = createCache();
  renderToString(
    <StyleProvider cache={cache}>
      <antd.ConfigProvider theme={{ ...officeTheme(mode), zeroRuntime: false }}>
        {styledComponents.map((name) => (
          <div key={name}>{sample(name)}</div>
        ))}
      </antd.ConfigProvider>
    </StyleProvider>,
  );
  return cache;
}

const components = new Map(Object.entries(antd) as unknown as [string, ComponentType][]);

/** The smallest rendering of a component that runs all its style hooks. */
function sample(name: (typeof styledComponents)[number]): ReactNode {
  const special: Partial<Record<typeof name, ReactElement>> = {
    // The short messages that it shows are drawn by a component of their own.
    App: (
      <antd.App>
        <antd.message._InternalPanelDoNotUseOrYouWillBeFired content="x" />
      </antd.App>
    ),
    Menu: <antd.Menu items={[]} />,
    Dropdown: (
      <antd.Dropdown menu={{ items: [] }}>
        <span />
      </antd.Dropdown>
    ),
    Tooltip: (
      <antd.Tooltip title="x">
        <span />
      </antd.Tooltip>
    ),
    Popconfirm: (
      <antd.Popconfirm title="x">
        <span />
      </antd.Popconfirm>
    ),
    Input: (
      <>
        <antd.Input />
        <antd.Input.Password />
        <antd.Input.Search />
        <antd.Input.TextArea />
        <antd.Input.OTP />
      </>
    ),
    Typography: (
      <>
        <antd.Typography.Text copyable>x</antd.Typography.Text>
        <antd.Typography.Title>x</antd.Typography.Title>
      </>
    ),
    DatePicker: <antd.DatePicker.RangePicker />,
    Upload: <antd.Upload.Dragger />,
    Radio: <antd.Radio.Group options={['x']} />,
    QRCode: <antd.QRCode value="x" type="svg" />,
    Space: (
      <antd.Space.Compact>
        <antd.Button />
      </antd.Space.Compact>
    ),
    Tag: (
      <>
        <antd.Tag color="success">x</antd.Tag>
        <antd.Tag color="blue">x</antd.Tag>
        <antd.Tag.CheckableTag checked>x</antd.Tag.CheckableTag>
      </>
    ),
  };
  const found = special[name];
  if (found) return found;
  const Plain = components.get(name);
  return Plain ? <Plain /> : null;
}
