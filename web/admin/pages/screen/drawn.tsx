import { useEffect, useRef } from 'react';
import { type Drawing, openDrawing } from './charts.ts';

type Draw = (size: { width: number; height: number; em: number }) => object;

/** A drawing that is drawn anew only when what it shows, or its size, has changed. */
export function Drawn({ className, label, draw }: { className: string; label: string; draw: Draw }) {
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(undefined);
  const latest = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = () => {
      const { current: of } = drawing;
      const { current: element } = place;
      if (!of || !element) return;
      of.draw(draw({ ...of.size(), em: Number.parseFloat(getComputedStyle(element).fontSize) }));
    };
    latest.current();
  }, [draw]);
  useEffect(() => {
    if (!place.current) return;
    const opened = openDrawing(place.current, () => latest.current());
    drawing.current = opened;
    latest.current();
    return () => opened.close();
  }, []);
  return <div ref={place} className={className} role="img" aria-label={label} />;
}
