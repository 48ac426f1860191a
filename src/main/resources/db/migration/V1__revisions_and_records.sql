-- What was published and what was decided. All three tables only grow; see docs/adr/0003-embedded-postgres.md.

create table ismap.revision (
    id           text        primary key,
    sequence     bigint      not null unique generated always as identity,
    digest       text        not null,
    files_digest text        not null,
    note         text        not null,
    published_at timestamptz not null default clock_timestamp()
);

create table ismap.revision_file (
    revision_id text  not null references ismap.revision,
    path        text  not null,
    content     bytea not null,
    primary key (revision_id, path)
);

create table ismap.decision_record (
    id               uuid        primary key,
    recorded_at      timestamptz not null default clock_timestamp(),
    recorded_by      text        not null,
    decision         text        not null,
    outcome          text        not null,
    applicable_day   date        not null,
    as_of            date        not null,
    revision_id      text        not null references ismap.revision,
    application      text,
    service          text,
    applicant        text,
    assessor         text,
    supersedes       uuid        references ismap.decision_record,
    supersede_reason text,
    request          bytea       not null,
    answer           bytea       not null,
    check ((supersedes is null) = (supersede_reason is null))
);

create index decision_record_newest_first on ismap.decision_record (recorded_at desc, id);
create index decision_record_supersedes on ismap.decision_record (supersedes) where supersedes is not null;

create function ismap.refuse_change() returns trigger
    language plpgsql as $$
begin
    raise exception '% on %.% refused: it is append-only', tg_op, tg_table_schema, tg_table_name
        using errcode = '55000';
end
$$;

-- "enable always", so that a session that plays a replica does not get round them.
do $$
declare
    name text;
begin
    foreach name in array array['revision', 'revision_file', 'decision_record'] loop
        execute format('create trigger rows_are_final before update or delete on ismap.%I
                        for each row execute function ismap.refuse_change()', name);
        execute format('create trigger table_is_final before truncate on ismap.%I
                        for each statement execute function ismap.refuse_change()', name);
        execute format('alter table ismap.%I enable always trigger rows_are_final', name);
        execute format('alter table ismap.%I enable always trigger table_is_final', name);
    end loop;
end
$$;
