import { useNavigate } from '@tanstack/react-router';
import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { list, type Search, textSearch, withFilters } from '../search.ts';

/** Changes filters in the address; the list follows the address. */
export function useFilters(): (changes: Search) => void {
  const navigate = useNavigate();
  return (changes) =>
    void navigate({ to: '.', search: (before: Search) => withFilters(before, changes), replace: true });
}

export function FilterBar({ active, children }: { active: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <search className="yp-filters">
      {children}
      {active ? (
        <Button type="link" onClick={() => void navigate({ to: '.', search: textSearch({}), replace: true })}>
          {t('list.clear')}
        </Button>
      ) : null}
    </search>
  );
}

/** A search field that asks once the reader stops or presses Enter, not at each key. */
export function SearchFilter({
  name,
  value,
  label,
  short = false,
}: {
  name: string;
  value: string | undefined;
  label: string;
  /** For codes rather than words. */
  short?: boolean;
}) {
  const change = useFilters();
  const [text, setText] = useState(value ?? '');
  useEffect(() => setText(value ?? ''), [value]);
  return (
    <Input.Search
      className={short ? 'yp-short' : 'yp-grow'}
      allowClear
      maxLength={100}
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onSearch={(entered) => change({ [name]: entered.trim() || undefined })}
    />
  );
}

export interface Choice {
  value: string;
  label: string;
}

interface SelectFilterProps {
  name: string;
  value: string | undefined;
  label: string;
  choices: readonly Choice[];
  many?: boolean;
  width?: number;
}

export function SelectFilter({ name, value, label, choices, many = false, width = 148 }: SelectFilterProps) {
  const change = useFilters();
  return (
    <Select<string | string[]>
      allowClear
      aria-label={label}
      placeholder={label}
      style={{ minWidth: width }}
      popupMatchSelectWidth={false}
      {...(many ? { mode: 'multiple' as const, maxTagCount: 'responsive' as const } : {})}
      value={many ? list(value) : (value ?? null)}
      options={[...choices]}
      optionFilterProp="label"
      onChange={(chosen) =>
        change({ [name]: Array.isArray(chosen) ? chosen.join(',') : chosen || undefined })
      }
    />
  );
}

/** First and last day, both included. */
export function DayRangeFilter({
  from,
  to,
  labels,
}: {
  from?: string;
  to?: string;
  labels: [string, string];
}) {
  const change = useFilters();
  return (
    <DatePicker.RangePicker
      aria-label={labels.join(' – ')}
      placeholder={labels}
      allowEmpty
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(days) =>
        change({ from: days?.[0]?.format('YYYY-MM-DD'), to: days?.[1]?.format('YYYY-MM-DD') })
      }
    />
  );
}
