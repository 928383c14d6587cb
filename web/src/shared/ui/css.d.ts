import 'react';

// Custom properties in `style`, which React passes on as they are.
declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style -- It adds to one.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
