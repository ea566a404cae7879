import { Button } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What the server takes; it looks at the content, this only helps to choose. */
const ACCEPT = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx';

interface Props {
  busy?: boolean;
  onPick: (files: File[]) => void;
}

/** A button that opens the phone's or the computer's choice of files. */
export function FilePick({ busy = false, onPick }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        // A form's own styles would show what is only hidden.
        style={{ display: 'none' }}
        multiple
        accept={ACCEPT}
        aria-label={t('appeals.addFiles')}
        onChange={(event) => {
          onPick([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button loading={busy} onClick={() => input.current?.click()}>
        {t('appeals.addFiles')}
      </Button>
    </>
  );
}

/** 1.2 MB, 34 KB */
export function size(bytes: number): string {
  return bytes >= 1_048_576
    ? `${(bytes / 1_048_576).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
