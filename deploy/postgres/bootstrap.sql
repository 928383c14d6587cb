-- Makes the one database of Parley: a schema per service with an owner and a run-time role.
--
-- Read by psql, both in the official image (docker-entrypoint-initdb.d) and by bootstrap.py.
-- Passwords come from the environment: <ROLE>_DB_PASSWORD, such as INBOX_OWNER_DB_PASSWORD.
-- Running it again changes nothing but the passwords.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
\if :{?database}
\else
  \set database parley
\endif

SELECT format('CREATE DATABASE %I', :'database')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database') \gexec
\connect :database
SET client_min_messages = warning;

\getenv team_directory TEAM_DIRECTORY_DB_PASSWORD
\getenv team_directory_owner TEAM_DIRECTORY_OWNER_DB_PASSWORD
\getenv inbox INBOX_DB_PASSWORD
\getenv inbox_owner INBOX_OWNER_DB_PASSWORD
\getenv scheduler SCHEDULER_DB_PASSWORD
\getenv scheduler_owner SCHEDULER_OWNER_DB_PASSWORD
\getenv ticketing TICKETING_DB_PASSWORD
\getenv ticketing_owner TICKETING_OWNER_DB_PASSWORD
\getenv analytics ANALYTICS_DB_PASSWORD
\getenv analytics_owner ANALYTICS_OWNER_DB_PASSWORD
\getenv bus BUS_DB_PASSWORD

CREATE TEMPORARY TABLE roles AS
SELECT * FROM (VALUES
  ('team_directory_owner', 'team_directory', :'team_directory_owner'),
  ('team_directory', 'team_directory', :'team_directory'),
  ('inbox_owner', 'inbox', :'inbox_owner'),
  ('inbox', 'inbox', :'inbox'),
  ('scheduler_owner', 'scheduler', :'scheduler_owner'),
  ('scheduler', 'scheduler', :'scheduler'),
  ('ticketing_owner', 'ticketing', :'ticketing_owner'),
  ('ticketing', 'ticketing', :'ticketing'),
  ('analytics_owner', 'analytics', :'analytics_owner'),
  ('analytics', 'analytics', :'analytics'),
  ('bus', 'bus', :'bus')
) AS roles (name, schema, password);
CREATE TEMPORARY VIEW schemas AS
SELECT schema, CASE schema WHEN 'bus' THEN 'bus' ELSE schema || '_owner' END AS owner
FROM roles GROUP BY schema;

SELECT format('CREATE ROLE %I', name) FROM roles
WHERE name NOT IN (SELECT rolname FROM pg_roles) \gexec
SELECT format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'
  ' PASSWORD %L', name, password) FROM roles \gexec
SELECT format('ALTER ROLE %I SET search_path = %I, extensions', name, schema) FROM roles \gexec

-- Nobody but these roles may enter, and nothing is shared but the extensions.
SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname) FROM pg_database
WHERE datname IN (:'database', 'postgres') \gexec
SELECT format('GRANT CONNECT ON DATABASE %I TO %I', :'database', name) FROM roles \gexec
REVOKE ALL ON SCHEMA public FROM PUBLIC;

CREATE SCHEMA IF NOT EXISTS extensions;
GRANT USAGE ON SCHEMA extensions TO PUBLIC;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extensions;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA extensions;

SELECT format('CREATE SCHEMA IF NOT EXISTS %I AUTHORIZATION %I', schema, owner) FROM schemas \gexec

-- The owner makes tables (migrate); the run-time role only reads and writes their rows.
SELECT format('GRANT USAGE ON SCHEMA %I TO %I', schema, schema) FROM schemas
WHERE schema <> owner \gexec
SELECT format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA %I GRANT %s TO %I',
  owner, schema, privilege, schema)
FROM schemas, (VALUES
  ('SELECT, INSERT, UPDATE, DELETE ON TABLES'),
  ('USAGE, SELECT ON SEQUENCES')
) AS privileges (privilege)
WHERE schema <> owner \gexec
