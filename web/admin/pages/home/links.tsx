import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../session.ts';
import { openPlaces } from '../../shell/places.ts';

/** The places open to the reader, by the stages of the river: a phone shows no navigation beside them. */
export function HomeLinks() {
  const { t } = useTranslation();
  const can = useCan();
  const stages = openPlaces(can)
    .map((stage) => ({ ...stage, places: stage.places.filter(({ name }) => name !== 'home') }))
    .filter(({ places }) => places.length > 0);
  return (
    <section aria-label={t('home.places')} className="yp-home-links">
      {stages.map((stage) => (
        <div key={stage.name} className="yp-block">
          <h2>{t(`stage.${stage.name}`)}</h2>
          <ul>
            {stage.places.map((place) => (
              <li key={place.to}>
                <Link to={place.to}>{t(`nav.${place.name}`)}</Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
