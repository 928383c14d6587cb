-- The rows of an inbox of SIZE interactions; `sayings` holds what people write.
SET search_path TO pg_temp, inbox;

CREATE FUNCTION pg_temp.id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN lpad(to_hex(n), 32, '0')::uuid;

CREATE FUNCTION pg_temp.moment(n bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE
RETURN timestamptz '2024-03-01 00:00+00' + interval '730 days' * (n::double precision / SIZE);

-- As a hash would spread it, and the same in every run.
CREATE FUNCTION pg_temp.spread(n bigint, among bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (n * 2654435761 % 4294967296) % among;

INSERT INTO contacts (workspace_id, id, version, name, tag_ids, attributes, first_seen_at, last_seen_at)
SELECT pg_temp.id(7), pg_temp.id(n), 1, 'first' || n % 1000 || ' last' || n, '{}', '{}',
       pg_temp.moment(0), pg_temp.moment(SIZE)
FROM generate_series(0, SIZE / 6) AS n;

INSERT INTO contact_identities (workspace_id, network, external_id, contact_id, handle, display_name)
SELECT workspace_id, 'sandbox', 'acc_' || id, id, 'acc_' || id, name FROM contacts;

INSERT INTO conversations (
    workspace_id, id, version, profile_id, network, thread_id, thread_key, kind, contact_id, excerpt,
    state, snoozed_until, assignee_id, team_id, priority, tag_ids, opened_at, last_at,
    last_inbound_at, last_outbound_at, waiting_since, handled_at
)
SELECT pg_temp.id(7), pg_temp.id(n), 3, pg_temp.id(pg_temp.spread(n, 20)), 'sandbox',
       'post_' || n / 50, 'post_' || n / 50 || '/' || n, 'comment',
       pg_temp.id(pg_temp.spread(n, SIZE / 6)), 'I would like to know when it arrives.',
       state, CASE state WHEN 'snoozed' THEN pg_temp.moment(SIZE) END,
       CASE WHEN state = 'open' AND n / 20 % 12 < 10 THEN pg_temp.id(1 + n / 20 % 12) END,
       CASE WHEN n % 3 = 0 THEN pg_temp.id(1 + n / 20 % 4) END, 0,
       CASE WHEN n % 5000 = 7 THEN ARRAY['00000000-0000-0000-0000-00000000ff01'::uuid]
            WHEN n % 50 = 0 THEN ARRAY['00000000-0000-0000-0000-00000000ff02'::uuid] ELSE '{}' END,
       pg_temp.moment(3 * n), pg_temp.moment(3 * n + 2), pg_temp.moment(3 * n + 2),
       pg_temp.moment(3 * n + 1), CASE state WHEN 'open' THEN pg_temp.moment(3 * n + 2) END,
       CASE state WHEN 'handled' THEN pg_temp.moment(3 * n + 2) END
FROM generate_series(0, SIZE / 3 - 1) AS n,
     LATERAL (SELECT CASE WHEN n % 20 = 0 THEN 'open' WHEN n % 100 = 1 THEN 'snoozed'
                          ELSE 'handled' END AS state);

INSERT INTO interactions (
    workspace_id, id, profile_id, conversation_id, contact_id, external_id, kind, direction, origin,
    visibility, author, text, media, handle, item_version, written_at, received_at, words, grams
)
SELECT c.workspace_id, pg_temp.id(n), c.profile_id, c.id, c.contact_id, 'item_' || n, 'comment',
       CASE WHEN n % 3 = 1 THEN 'outbound' ELSE 'inbound' END,
       CASE WHEN n % 3 = 1 THEN 'native' ELSE 'customer' END, 'public',
       jsonb_build_object('external_id', 'acc_' || c.contact_id, 'handle', 'acc_' || c.contact_id,
                          'display_name', k.name, 'avatar_url', NULL, 'profile_url', NULL),
       s.text || ' order' || n, '[]', '{}', 1, pg_temp.moment(n), pg_temp.moment(n),
       to_tsvector('simple', s.words || ' order' || n || ' ' || k.name), s.grams
FROM generate_series(0, SIZE - SIZE % 3 - 1) AS n
JOIN conversations c ON c.workspace_id = pg_temp.id(7) AND c.id = pg_temp.id(n / 3)
JOIN contacts k ON k.workspace_id = c.workspace_id AND k.id = c.contact_id
JOIN sayings s ON s.number = pg_temp.spread(n, 5000);
