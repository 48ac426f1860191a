-- What happens to a revision before, at and after its publication. What it is follows from its events; see
-- docs/adr/0014-a-revision-is-its-events.md. The files of drafts lie beside, each content once; those of published revisions stand in
-- revision_file as before.

create table ismap.revision_blob (
    sha256  text  primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    content bytea not null
);

create table ismap.revision_event (
    revision_id text        not null,
    version     integer     not null check (version > 0),
    kind        text        not null check (kind in ('CREATED', 'FILE_PUT', 'FILE_REMOVED', 'REBASED', 'CHECKED', 'SUBMITTED',
                                                     'APPROVED', 'PUBLISHED', 'WITHDRAWN')),
    actor       text        not null check (actor <> ''),
    at          timestamptz not null default clock_timestamp(),
    why         text        not null,
    data        text        not null,
    primary key (revision_id, version)
);

create index revision_event_created on ismap.revision_event (at) where version = 1;

do $$
declare
    name text;
begin
    foreach name in array array['revision_blob', 'revision_event'] loop
        execute format('create trigger rows_are_final before update or delete on ismap.%I
                        for each row execute function ismap.refuse_change()', name);
        execute format('create trigger table_is_final before truncate on ismap.%I
                        for each statement execute function ismap.refuse_change()', name);
        execute format('alter table ismap.%I enable always trigger rows_are_final', name);
        execute format('alter table ismap.%I enable always trigger table_is_final', name);
    end loop;
end
$$;
