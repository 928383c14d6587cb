/** The field that the keys for answering and noting put the cursor into. */
export const FIELD_ID = 'writing';
