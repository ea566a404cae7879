import { StyleProvider } from '@ant-design/cssinjs';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { queries } from './api/queries.ts';
import { currentLanguage } from './i18n/language.ts';
import { router } from './router.tsx';
import { useMode } from './shell/mode.ts';
import { officeTheme } from './theme.ts';
import 'dayjs/locale/zh-cn';

/** The office: theme, language, data cache and routes around each other. */
export function Office() {
  useTranslation();
  const mode = useMode();
  const theme = useMemo(() => officeTheme(mode), [mode]);
  const chinese = currentLanguage() === 'zh-CN';
  useEffect(() => {
    dayjs.locale(chinese ? 'zh-cn' : 'en');
  }, [chinese]);
  return (
    <StyleProvider>
      <ConfigProvider
        theme={theme}
        locale={chinese ? zhCN : enUS}
        componentSize="medium"
        button={{ autoInsertSpace: false }}
        variant="outlined"
      >
        <AntApp component={false} message={{ maxCount: 2, top: 56 }}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </AntApp>
      </ConfigProvider>
    </StyleProvider>
  );
}
