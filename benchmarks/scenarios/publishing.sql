-- A calendar: PLANNED publications for later and DUE ones for this moment, to 1,000 profiles.
SET search_path TO pg_temp, scheduler;

CREATE FUNCTION pg_temp.id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN lpad(to_hex(n), 32, '0')::uuid;

CREATE TEMP TABLE calendar AS
SELECT pg_temp.id(n) AS id, pg_temp.id(n % 1000) AS profile_id, 'Our new lamp, number ' || n AS text,
       CASE WHEN n < DUE THEN now() ELSE now() + interval '1 day' + n * interval '1 second' END AS due_at
FROM generate_series(0, DUE + PLANNED - 1) AS n;

INSERT INTO profiles (workspace_id, id, network, handle, display_name, state, account, scopes)
SELECT pg_temp.id(7), pg_temp.id(n), 'sandbox', 'brand', 'Brand', 'connected',
       '{"external_id": "acc_1", "handle": "brand", "base_url": "http://sandbox"}', '{publish}'
FROM generate_series(0, 999) AS n;

INSERT INTO posts (workspace_id, id, version, text, media, state, due_at, created_by, created_at, updated_at)
SELECT pg_temp.id(7), id, 1, text, '[]', 'scheduled', due_at, pg_temp.id(1), now(), now() FROM calendar;

INSERT INTO publications (
    workspace_id, id, version, post_id, profile_id, fingerprint, state, due_at, deadline, attempts, at_risk
)
SELECT pg_temp.id(7), id, 1, id, profile_id, encode(sha256(convert_to(text, 'UTF8')), 'hex'), 'pending',
       due_at, due_at + interval '1 hour', 0, false
FROM calendar;

INSERT INTO work_items (kind, workspace_id, key, priority, due_at)
SELECT 'scheduler.publish', pg_temp.id(7), id::text, 10, due_at FROM calendar;

ANALYZE profiles, posts, publications, work_items;

CREATE SCHEMA bare;
CREATE TABLE bare.publications (LIKE scheduler.publications INCLUDING ALL);
CREATE TABLE bare.work_items (LIKE scheduler.work_items INCLUDING ALL);
INSERT INTO bare.publications SELECT * FROM scheduler.publications;
INSERT INTO bare.work_items SELECT * FROM scheduler.work_items;
ANALYZE bare.publications, bare.work_items;
