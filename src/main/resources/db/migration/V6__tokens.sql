-- Who may do what. A token is kept as a hash; it is never changed, only revoked. Every change of rights is an event.

create table ismap.token (
    id         bigint      primary key generated always as identity,
    name       text        not null check (name <> ''),
    roles      text[]      not null check (cardinality(roles) > 0),
    hash       bytea       not null unique,
    created_at timestamptz not null default clock_timestamp(),
    created_by text        not null,
    expires_at timestamptz not null
);

create index token_by_name on ismap.token (name);

create table ismap.token_revocation (
    token_id   bigint      primary key references ismap.token,
    revoked_at timestamptz not null default clock_timestamp(),
    revoked_by text        not null
);

create table ismap.access_event (
    id      bigint      primary key generated always as identity,
    at      timestamptz not null default clock_timestamp(),
    actor   text        not null,
    what    text        not null check (what in ('TOKEN_ISSUED', 'TOKEN_REVOKED')),
    subject text        not null,
    roles   text[]      not null
);

-- The one thing that changes: to the hour, when a token was last used.
create table ismap.token_use (
    token_id  bigint      primary key references ismap.token,
    last_used timestamptz not null
);

do $$
declare
    name text;
begin
    foreach name in array array['token', 'token_revocation', 'access_event'] loop
        execute format('create trigger rows_are_final before update or delete on ismap.%I
                        for each row execute function ismap.refuse_change()', name);
        execute format('create trigger table_is_final before truncate on ismap.%I
                        for each statement execute function ismap.refuse_change()', name);
        execute format('alter table ismap.%I enable always trigger rows_are_final', name);
        execute format('alter table ismap.%I enable always trigger table_is_final', name);
    end loop;
end
$$;
