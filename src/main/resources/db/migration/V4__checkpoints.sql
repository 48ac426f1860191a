-- Signed statements about the chain, and the public keys they are signed with. See docs/adr/0011-signed-checkpoints.md.

create table ismap.signing_key (
    key_id     text   primary key,
    position   bigint not null unique generated always as identity,
    public_key text   not null,
    from_day   date   not null,
    previous   text   unique references ismap.signing_key,
    hand_over  text   not null
);

-- There is one first key, and each has one successor at most.
create unique index signing_key_first on ismap.signing_key ((previous is null)) where previous is null;

-- Refers to no entry: a statement outlives what it is about.
create table ismap.checkpoint (
    sequence  bigint      primary key check (sequence > 0),
    hash      text        not null,
    at        timestamptz not null,
    key_id    text        not null references ismap.signing_key,
    signature text        not null
);

do $$
declare
    name text;
begin
    foreach name in array array['signing_key', 'checkpoint'] loop
        execute format('create trigger rows_are_final before update or delete on ismap.%I
                        for each row execute function ismap.refuse_change()', name);
        execute format('create trigger table_is_final before truncate on ismap.%I
                        for each statement execute function ismap.refuse_change()', name);
        execute format('alter table ismap.%I enable always trigger rows_are_final', name);
        execute format('alter table ismap.%I enable always trigger table_is_final', name);
    end loop;
end
$$;
