import { getThemeColor, useMantineTheme } from '@mantine/core';
import classes from './Legend.module.css';

export interface Drawn {
  name: string;
  label: string;
  color: string;
  type?: 'bar' | 'line';
  strokeDasharray?: string;
}

/** What is drawn, by its form and not by its colour alone. */
export function Legend({ series }: { series: readonly Drawn[] }) {
  const theme = useMantineTheme();
  return (
    <ul className={classes.legend}>
      {series.map(({ name, label, color, type = 'line', strokeDasharray }) => {
        const paint = getThemeColor(color, theme);
        return (
          <li key={name}>
            <svg width="26" height="12" aria-hidden>
              {type === 'bar' ? (
                <rect x="7" y="0" width="12" height="12" rx="3" fill={paint} />
              ) : (
                <line
                  x1="1"
                  x2="25"
                  y1="6"
                  y2="6"
                  stroke={paint}
                  strokeWidth="2.5"
                  strokeDasharray={strokeDasharray}
                />
              )}
            </svg>
            {label}
          </li>
        );
      })}
    </ul>
  );
}
