-- Revisions that another installation published and that were taken over from its signed bundle.

create table ismap.takeover (
    revision_id  text        primary key references ismap.revision,
    origin       text        not null,
    address      text        not null,
    published_at timestamptz not null,
    taken_at     timestamptz not null default clock_timestamp()
);

create index takeover_by_origin on ismap.takeover (origin, published_at desc);

create trigger rows_are_final before update or delete on ismap.takeover
    for each row execute function ismap.refuse_change();
create trigger table_is_final before truncate on ismap.takeover
    for each statement execute function ismap.refuse_change();
alter table ismap.takeover enable always trigger rows_are_final;
alter table ismap.takeover enable always trigger table_is_final;
