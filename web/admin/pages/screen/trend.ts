import type { Screen } from '../../../../src/uses/dashboard/contract.ts';

/** Good rates of the last twelve months as a line; a month that is withheld leaves a gap. */
export function trendOf(trend: Screen['trend'], { em }: { em: number }): object {
  const values = trend.map(({ good_rate: rate }) =>
    rate === null || rate.value === null ? null : Number((Number(rate.value) * 100).toFixed(1)),
  );
  const known = values.filter((value) => value !== null);
  const low = known.length === 0 ? 90 : Math.min(95, Math.floor(Math.min(...known) / 5) * 5);
  const label = { color: '#c3cfdc', fontSize: em };
  return {
    grid: { left: em * 3.6, right: em * 1.2, top: em * 0.8, bottom: em * 1.8 },
    xAxis: {
      type: 'category',
      data: trend.map(({ month }) => month),
      axisLabel: { ...label, interval: 5, formatter: (month: string) => month },
      axisLine: { lineStyle: { color: '#5d6c7e' } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: low,
      max: 100,
      interval: (100 - low) / 2,
      axisLabel: { ...label, formatter: '{value} %' },
      splitLine: { lineStyle: { color: '#2a3644' } },
    },
    series: [
      {
        type: 'line',
        data: values,
        symbolSize: em / 3,
        silent: true,
        itemStyle: { color: '#7db3ff' },
        lineStyle: { color: '#7db3ff', width: em / 8 },
      },
    ],
  };
}
