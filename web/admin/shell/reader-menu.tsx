import { DownOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeLanguage, currentLanguage } from '../i18n/language.ts';
import { signOut, useMe } from '../session.ts';
import { chooseMode, type ModeChoice, useModeChoice } from './mode.ts';

/** The reader's name with language, appearance, own settings and the way out. */
export function ReaderMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const mode = useModeChoice();
  const modes = { light: t('shell.light'), dark: t('shell.dark'), system: t('shell.system') };
  const items: MenuProps['items'] = [
    { key: 'profile', label: t('shell.profile') },
    { type: 'divider' },
    {
      type: 'group',
      label: t('shell.language'),
      children: [
        { key: 'lang:zh-CN', label: t('shell.chinese') },
        { key: 'lang:en', label: t('shell.english') },
      ],
    },
    {
      type: 'group',
      label: t('shell.mode'),
      children: (['light', 'dark', 'system'] as const).map((each) => ({
        key: `mode:${each}`,
        label: modes[each],
      })),
    },
    { type: 'divider' },
    { key: 'out', label: t('shell.signOut') },
  ];
  const choose = async (key: string) => {
    if (key === 'profile') await navigate({ to: '/profile' });
    if (key === 'lang:zh-CN' || key === 'lang:en') await changeLanguage(key === 'lang:en' ? 'en' : 'zh-CN');
    if (key.startsWith('mode:')) chooseMode(key.slice(5) as ModeChoice);
    if (key === 'out') {
      await signOut();
      await navigate({ to: '/sign-in' });
    }
  };
  return (
    <Dropdown
      trigger={['click']}
      getPopupContainer={(button) => button.parentElement ?? document.body}
      menu={{
        items,
        selectable: true,
        selectedKeys: [`lang:${currentLanguage()}`, `mode:${mode}`],
        onClick: ({ key }) => void choose(key),
      }}
    >
      <Button type="text" aria-label={t('shell.reader', { name: me.name })}>
        <span className="yp-reader">{me.name}</span>
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
