import './screen.css';
import { useSearch } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { type ReactNode, useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { parseLang } from '../../../../src/kernel/lang.ts';
import type { Screen, ScreenPlace } from '../../../../src/uses/dashboard/contract.ts';
import { count, moment, percent } from '../../format.ts';
import { changeLanguage, currentLanguage } from '../../i18n/language.ts';
import { Drawn } from './drawn.tsx';
import { type ScreenState, useScreen } from './live.ts';
import { CLASSES, SILENT, tilesOf } from './tiles.ts';
import { trendOf } from './trend.ts';

/** The hall's big screen: what passes by for everybody to see, without a sign-in and without a person. */
export function ScreenPage() {
  const { t } = useTranslation();
  const { lang } = useSearch({ from: '/screen' });
  const state = useScreen();
  useEffect(() => {
    const wanted = parseLang(String(lang ?? ''));
    if (wanted !== undefined && wanted !== currentLanguage()) void changeLanguage(wanted);
  }, [lang]);
  useEffect(() => {
    document.title = `${t('screen.title')} · ${t('product')}`;
  }, [t]);
  return (
    <main className="yp-screen">
      <header>
        <h1>{state.screen ? t('screen.of', { city: state.screen.cityName }) : t('screen.title')}</h1>
        <p role="status">{stateText(t, state)}</p>
      </header>
      {state.screen ? <Columns screen={state.screen} /> : null}
    </main>
  );
}

function stateText(t: TFunction, { screen, lost }: ScreenState): string {
  if (screen === undefined) return lost ? t('screen.unreachable') : t('state.loading');
  const at = moment(screen.asOf);
  return lost ? t('screen.lost', { at }) : t('screen.at', { at });
}

function Columns({ screen }: { screen: Screen }) {
  return (
    <div className="yp-screen-columns">
      <div>
        <Rates screen={screen} />
        <Trend screen={screen} />
      </div>
      <CityMap screen={screen} />
      <div>
        <Answers screen={screen} />
        <Causes screen={screen} />
      </div>
    </div>
  );
}

function Panel({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
      {note ? <p className="yp-screen-note">{note}</p> : null}
    </section>
  );
}

/** One number with its name, and the numbers that it is made of. */
function Reading({
  name,
  value,
  small,
  loud,
}: {
  name: string;
  value: string;
  small?: string;
  loud?: boolean;
}) {
  return (
    <div className={loud ? 'yp-screen-loud' : 'yp-screen-number'}>
      <dt>{name}</dt>
      <dd>
        {value}
        {small ? <small>{small}</small> : null}
      </dd>
    </div>
  );
}

function Rates({ screen }: { screen: Screen }) {
  const { t } = useTranslation();
  const { good_rate: good, rating_rate: rating, today, leastPeople: least } = screen;
  const few = t('screen.few', { count: least });
  const shown = (value: number | null): string => (value === null ? few : count(value));
  return (
    <Panel title={t('screen.rates')} note={t('screen.period', screen.period)}>
      <dl>
        <Reading
          loud
          name={t('screen.goodRate')}
          value={good ? percent(good.numerator, good.denominator) : '—'}
          small={good ? `${count(good.numerator)}/${count(good.denominator)}` : t('screen.withheld')}
        />
        <Reading
          name={t('screen.ratingRate')}
          value={rating ? percent(rating.numerator, rating.denominator) : '—'}
          small={rating ? `${count(rating.numerator)}/${count(rating.denominator)}` : t('screen.withheld')}
        />
        <Reading name={t('screen.today')} value={shown(today.ratable)} />
        <Reading name={t('screen.todayRated')} value={shown(today.rated)} />
      </dl>
    </Panel>
  );
}

function Answers({ screen }: { screen: Screen }) {
  const { t } = useTranslation();
  const { orders, answered_rate: answered, satisfaction_rate: satisfied, leastPeople: least } = screen;
  const few = t('screen.few', { count: least });
  const shown = (value: number | null): string => (value === null ? few : count(value));
  const said = (rate: Screen['answered_rate']): string =>
    rate === null ? t('screen.withheld') : percent(rate.numerator, rate.denominator);
  return (
    <Panel title={t('screen.orders')}>
      <dl>
        <Reading name={t('screen.open')} value={shown(orders.open)} />
        <Reading name={t('screen.soon')} value={shown(orders.yellow)} />
        <Reading name={t('screen.overdue')} value={shown(orders.red)} />
        <Reading
          name={t('screen.answered')}
          value={said(answered)}
          {...(answered ? { small: `${count(answered.numerator)}/${count(answered.denominator)}` } : {})}
        />
        <Reading
          name={t('screen.satisfied')}
          value={said(satisfied)}
          {...(satisfied ? { small: `${count(satisfied.numerator)}/${count(satisfied.denominator)}` } : {})}
        />
      </dl>
    </Panel>
  );
}

function Causes({ screen }: { screen: Screen }) {
  const { t } = useTranslation();
  const english = currentLanguage() === 'en';
  return (
    <Panel title={t('screen.causes')}>
      {screen.causes.length === 0 ? <p className="yp-screen-note">{t('screen.noCause')}</p> : null}
      <ol>
        {screen.causes.map(({ code, zh, en, count: times }) => (
          <li key={code}>
            <span>{english ? en : zh}</span>
            <b>{count(times)}</b>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function Trend({ screen }: { screen: Screen }) {
  const { t } = useTranslation();
  const { trend } = screen;
  const draw = useCallback((size: { em: number }) => trendOf(trend, size), [trend]);
  return (
    <Panel title={t('screen.trend')}>
      {trend.filter(({ good_rate: rate }) => rate !== null && rate.value !== null).length < 2 ? (
        <p className="yp-screen-note">{t('screen.noTrend')}</p>
      ) : (
        <Drawn className="yp-screen-trend" label={t('screen.trend')} draw={draw} />
      )}
    </Panel>
  );
}

function CityMap({ screen }: { screen: Screen }) {
  const { t } = useTranslation();
  // The city's own hall has no townships and stands above.
  const [own, ...counties] = screen.counties;
  const said = useSaid();
  const { counties: places } = screen;
  const draw = useCallback(
    (size: { width: number; height: number; em: number }) =>
      tilesOf(places.slice(1), size, {
        none: t('screen.none'),
        withheld: t('screen.withheldShort'),
        percent,
      }),
    [places, t],
  );
  return (
    <section className="yp-screen-map">
      <h2>{t('screen.map')}</h2>
      {own ? (
        <p>
          {t('screen.own', { city: own.name })} <b>{said(own)}</b>
        </p>
      ) : null}
      <Drawn className="yp-screen-tiles" label={t('screen.map')} draw={draw} />
      <ul className="yp-screen-legend" aria-label={t('screen.legend')}>
        {CLASSES.map(({ from, color }, at) => (
          <li key={from}>
            <Swatch color={color} at={at} />
            {at === CLASSES.length - 1
              ? t('screen.below', { to: `${(CLASSES[at - 1]?.from ?? 1) * 100} %` })
              : t('screen.from', { from: `${from * 100} %` })}
          </li>
        ))}
        <li>
          <Swatch color={SILENT} at={CLASSES.length} />
          {t('screen.silent')}
        </li>
      </ul>
      <p className="yp-screen-note">{t('screen.schematic')}</p>
      <MapTable counties={counties} />
    </section>
  );
}

/** A tile of the legend, with the same mark as in the drawing. */
function Swatch({ color, at }: { color: string; at: number }) {
  const hollow = at === CLASSES.length;
  return (
    <svg width="1em" height="1em" viewBox="0 0 12 12" aria-hidden="true">
      <rect x="1" y="1" width="10" height="10" rx="1" fill={hollow ? 'none' : color} stroke={color} />
      {at === 2 ? <rect x="3" y="5" width="6" height="2" fill="#0b1017" /> : null}
      {at === 3 ? <circle cx="6" cy="6" r="2.4" fill="#0b1017" /> : null}
    </svg>
  );
}

/** A place's rate in words. */
function useSaid() {
  const { t } = useTranslation();
  return ({ state, good_rate: rate }: ScreenPlace): string =>
    state === 'withheld' || rate === null
      ? t(state === 'withheld' ? 'screen.withheldShort' : 'screen.none')
      : percent(rate.numerator, rate.denominator);
}

/** The same for who can't see the drawing. */
function MapTable({ counties }: { counties: Screen['counties'] }) {
  const { t } = useTranslation();
  const said = useSaid();
  return (
    <div className="yp-screen-unseen">
      <table>
        <caption>{t('screen.map')}</caption>
        <tbody>
          {counties.flatMap((county) =>
            [county, ...county.townships].map((place) => (
              <tr key={place.code}>
                <th scope="row">{place.name}</th>
                <td>{said(place)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
