import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SchemeLine } from '../../../../src/ledger/scheme/contract.ts';
import { minus } from '../../format.ts';
import { Scroll } from '../../parts/scroll.tsx';

/** One section of the scheme; a value that changed in time opens its history. */
export function SchemeSection({ title, lines }: { title: string; lines: readonly SchemeLine[] }) {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  return (
    <section className="yp-block">
      <h2>{title}</h2>
      <Scroll label={title}>
        <table className="yp-lines yp-scheme yp-scheme-section">
          <thead>
            <tr>
              <th scope="col">{t('scheme.name')}</th>
              <th scope="col" className="yp-num">
                {t('scheme.value')}
              </th>
              <th scope="col">{t('scheme.from')}</th>
              <th scope="col">{t('scheme.source')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Row key={line.key} line={line} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Row({ line }: { line: SchemeLine }) {
  const { t } = useTranslation();
  const others = line.values.filter((value) => value.from !== line.current?.from);
  return (
    <tr>
      <td>
        {line.name} {line.veto ? <Tag color="error">{t('flag.veto')}</Tag> : null}
        {others.length > 0 ? (
          <details>
            <summary>{t('scheme.otherValues', { count: others.length })}</summary>
            <ul>
              {others.map((value) => (
                <li key={value.from} className="yp-quiet">
                  {t('scheme.otherValue', {
                    from: value.from,
                    text: minus(value.text),
                    source: value.source,
                  })}
                </li>
              ))}
            </ul>
          </details>
        ) : null}
      </td>
      <td className="yp-num">{line.current ? minus(line.current.text) : t('scheme.notYet')}</td>
      <td className="yp-nowrap">{line.current?.from}</td>
      <td>{line.current?.source}</td>
    </tr>
  );
}
