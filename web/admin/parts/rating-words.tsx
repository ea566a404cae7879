import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { ratingWords } from '../../../src/feedback/rating/contract.ts';
import { call } from '../api/call.ts';
import { currentLanguage } from '../i18n/language.ts';

/** The national words for levels, tags, dimensions and channels, in the reader's language. */
export function useRatingWords() {
  useTranslation();
  const lang = currentLanguage();
  const { data } = useQuery({
    queryKey: ['rating-words'],
    queryFn: ({ signal }) => call(ratingWords, '/rating-words', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const named = <Entry extends { code: number | string; words: Record<typeof lang, string> }>(
    entries: readonly Entry[] | undefined,
  ) => (entries ?? []).map((entry) => ({ ...entry, text: entry.words[lang] }));
  return {
    levels: named(data?.levels),
    tags: named(data?.tags),
    channels: named(data?.channels),
    dimensions: named(data?.dimensions),
  };
}

/**
 * A level by number and word; colour only repeats what the word says, and red is kept for what is overdue.
 */
export function Level({ level }: { level: number }) {
  const { levels } = useRatingWords();
  const found = levels.find((each) => each.code === level);
  return (
    <span className={found && !found.good ? 'yp-bad' : undefined}>
      {level} {found?.text}
    </span>
  );
}

export function RatingTags({ tags }: { tags: readonly number[] }) {
  const words = useRatingWords();
  if (tags.length === 0) return null;
  return (
    <span className="yp-tags">
      {tags.map((tag) => (
        <Tag key={tag}>
          {tag} {words.tags.find((each) => each.code === tag)?.text}
        </Tag>
      ))}
    </span>
  );
}

export function Channel({ code }: { code: number }) {
  const { channels } = useRatingWords();
  return <>{channels.find((each) => each.code === code)?.text ?? code}</>;
}

const verdictColors = { upheld: 'warning', mistaken: 'default', malicious: 'default' } as const;

/** What was decided about a bad rating; a bad one without a verdict is still pending. */
export function Verdict({ verdict, level }: { verdict: keyof typeof verdictColors | null; level: number }) {
  const { t } = useTranslation();
  if (verdict) return <Tag color={verdictColors[verdict]}>{t(`verdict.${verdict}`)}</Tag>;
  return level <= 2 ? <Tag color="processing">{t('verdict.none')}</Tag> : null;
}
