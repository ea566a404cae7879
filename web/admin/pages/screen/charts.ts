/** The big screen's drawings. Only its page loads them: they weigh more than the rest of the office. */
import { LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([LineChart, GridComponent, GraphicComponent, CanvasRenderer]);

export interface Drawing {
  draw(option: object): void;
  /** in CSS pixels */
  size(): { width: number; height: number };
  close(): void;
}

/** A drawing in an element, drawn when it is told to and never in between. */
export function openDrawing(element: HTMLElement, onResize: () => void): Drawing {
  const chart = init(element, null, { renderer: 'canvas' });
  const observer = new ResizeObserver(() => {
    chart.resize();
    onResize();
  });
  observer.observe(element);
  return {
    draw: (option) => chart.setOption({ animation: false, ...option }, { notMerge: true }),
    size: () => ({ width: chart.getWidth(), height: chart.getHeight() }),
    close() {
      observer.disconnect();
      chart.dispose();
    },
  };
}
