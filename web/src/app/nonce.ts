/** The nonce under which the page's policy lets a script add styles. */

const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

export const styleNonce = meta?.nonce ?? '';

// What locks the page's scrolling behind a dialog adds a style of its own and reads it from here.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
