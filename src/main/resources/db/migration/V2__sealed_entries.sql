-- The hash chain of records, and the keys under which callers ask for them. See docs/adr/0010-records-are-sealed-in-groups.md.

create table ismap.entry (
    sequence    bigint      primary key check (sequence > 0),
    kind        text        not null check (kind in ('DECISION', 'REDACTION')),
    previous    text        not null,
    recorded_at timestamptz not null,
    content     bytea       not null,
    hash        text        not null unique
);

-- Null only between this migration and the next, which seals the records of earlier versions.
alter table ismap.decision_record add sequence bigint unique references ismap.entry;
alter table ismap.decision_record add salt bytea;

create table ismap.idempotency_key (
    principal text not null,
    key       text not null,
    record_id uuid not null,
    primary key (principal, key)
);

create unique index idempotency_key_of_record on ismap.idempotency_key (record_id);

create index decision_record_by_decision on ismap.decision_record (decision, sequence desc);
create index decision_record_by_application on ismap.decision_record (application, sequence desc) where application is not null;
create index decision_record_by_service on ismap.decision_record (service, sequence desc) where service is not null;
create index decision_record_by_revision on ismap.decision_record (revision_id, sequence desc);

do $$
declare
    name text;
begin
    foreach name in array array['entry', 'idempotency_key'] loop
        execute format('create trigger rows_are_final before update or delete on ismap.%I
                        for each row execute function ismap.refuse_change()', name);
        execute format('create trigger table_is_final before truncate on ismap.%I
                        for each statement execute function ismap.refuse_change()', name);
        execute format('alter table ismap.%I enable always trigger rows_are_final', name);
        execute format('alter table ismap.%I enable always trigger table_is_final', name);
    end loop;
end
$$;
