-- Taking away what people entered. See docs/adr/0013-redaction.md.

create table ismap.redaction_proposal (
    id          uuid        primary key,
    record_id   uuid        not null references ismap.decision_record,
    proposed_at timestamptz not null default clock_timestamp(),
    proposed_by text        not null check (proposed_by <> ''),
    reason      text        not null check (reason <> ''),
    legal_basis text        not null check (legal_basis <> ''),
    unique (id, record_id, proposed_by)
);

create index redaction_proposal_of_record on ismap.redaction_proposal (record_id, proposed_at);

-- Who carried it out is somebody else, whoever writes here.
create table ismap.redaction (
    record_id      uuid   primary key references ismap.decision_record,
    sequence       bigint not null unique references ismap.entry,
    proposal_id    uuid   not null unique,
    proposed_by    text   not null,
    carried_out_by text   not null check (carried_out_by <> '' and carried_out_by <> proposed_by),
    foreign key (proposal_id, record_id, proposed_by) references ismap.redaction_proposal (id, record_id, proposed_by)
);

-- A caller's key without its text, so that a request that is sent again is not decided a second time.
create table ismap.redacted_key (
    principal text not null,
    digest    text not null, -- SHA-256 of principal, line feed and key
    record_id uuid not null unique references ismap.redaction,
    primary key (principal, digest)
);

alter table ismap.decision_record alter column request drop not null;
alter table ismap.decision_record alter column answer drop not null;
alter table ismap.decision_record drop constraint decision_record_check;

-- All of it is there, or nothing.
alter table ismap.decision_record add constraint decision_record_check check (
    case when salt is null
        then num_nonnulls(request, answer, application, service, applicant, assessor, supersede_reason) = 0 and found = '{}'
        else request is not null and answer is not null and (supersedes is null) = (supersede_reason is null)
    end);

create trigger rows_are_born_whole before insert on ismap.decision_record
    for each row when (new.salt is null) execute function ismap.refuse_change();
alter table ismap.decision_record enable always trigger rows_are_born_whole;

-- Whether this very transaction added the entry that says that the record is redacted.
create function ismap.is_being_redacted(which uuid) returns boolean
    language sql stable set search_path = pg_catalog, pg_temp as $$
    select exists (
        select from ismap.redaction r join ismap.entry e on e.sequence = r.sequence
        where r.record_id = which and e.kind = 'REDACTION' and e.xmin = pg_current_xact_id()::xid)
$$;

-- Lets through one change: all that people entered goes, nothing else changes, and the chain says so.
create function ismap.refuse_change_but_redaction() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    due ismap.decision_record;
begin
    if tg_op = 'UPDATE' and old.salt is not null then
        due := old;
        due.request := null;
        due.answer := null;
        due.salt := null;
        due.application := null;
        due.service := null;
        due.applicant := null;
        due.assessor := null;
        due.supersede_reason := null;
        due.found := '{}';
        if new is not distinct from due and ismap.is_being_redacted(old.id) then
            return new;
        end if;
    end if;
    raise exception '% on %.% refused: it is append-only', tg_op, tg_table_schema, tg_table_name
        using errcode = '55000';
end
$$;

drop trigger rows_are_final on ismap.decision_record;
create trigger rows_are_final before update or delete on ismap.decision_record
    for each row execute function ismap.refuse_change_but_redaction();
alter table ismap.decision_record enable always trigger rows_are_final;

-- The key of a record that is being redacted goes, once its digest is kept.
create function ismap.refuse_change_but_redaction_of_key() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if tg_op = 'DELETE' and ismap.is_being_redacted(old.record_id)
        and exists (select from ismap.redacted_key k where k.record_id = old.record_id)
    then
        return old;
    end if;
    raise exception '% on %.% refused: it is append-only', tg_op, tg_table_schema, tg_table_name
        using errcode = '55000';
end
$$;

drop trigger rows_are_final on ismap.idempotency_key;
create trigger rows_are_final before update or delete on ismap.idempotency_key
    for each row execute function ismap.refuse_change_but_redaction_of_key();
alter table ismap.idempotency_key enable always trigger rows_are_final;

-- The service adds decisions itself, and redactions through ismap.redact alone, which acts in the owner's name.
create function ismap.refuse_others_than_owner() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    if current_user <> (select pg_get_userbyid(c.relowner) from pg_class c where c.oid = tg_relid) then
        raise exception 'an entry of kind % is added by ismap.redact alone', new.kind using errcode = '42501';
    end if;
    return new;
end
$$;

create trigger redactions_by_the_function before insert on ismap.entry
    for each row when (new.kind <> 'DECISION') execute function ismap.refuse_others_than_owner();
alter table ismap.entry enable always trigger redactions_by_the_function;

-- The one way. Adds the entry that follows the last one and takes the content of the record away, both or neither.
create function ismap.redact(proposal uuid, carried_out_by text, content bytea) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    proposed ismap.redaction_proposal;
    subject  ismap.decision_record;
    last     ismap.entry;
    said     jsonb := convert_from(content, 'UTF8')::jsonb;
    at       timestamptz := (said ->> 'recordedAt')::timestamptz;
begin
    perform pg_advisory_xact_lock(1389737); -- the lock of the chain, RecordRows.CHAIN_LOCK
    select * into proposed from ismap.redaction_proposal p where p.id = proposal;
    if proposed.id is null then
        raise exception 'there is no proposal %', proposal using errcode = '22023';
    end if;
    if carried_out_by is null or carried_out_by in ('', proposed.proposed_by) then
        raise exception 'the proposal % has to be carried out by somebody else', proposal using errcode = '42501';
    end if;
    select * into subject from ismap.decision_record r where r.id = proposed.record_id;
    if subject.salt is null then
        raise exception 'the record % is redacted already', proposed.record_id using errcode = '55000';
    end if;
    select * into last from ismap.entry e order by e.sequence desc limit 1;
    if said is distinct from jsonb_build_object(
            'format', 1, 'kind', 'REDACTION', 'sequence', last.sequence + 1, 'previous', last.hash,
            'recordedAt', said -> 'recordedAt', 'proposal', proposed.id, 'recordId', subject.id,
            'recordSequence', subject.sequence, 'proposedBy', proposed.proposed_by, 'carriedOutBy', carried_out_by,
            'reason', proposed.reason, 'legalBasis', proposed.legal_basis)
        or at is null or at < last.recorded_at or at > greatest(last.recorded_at, clock_timestamp() + interval '1 minute')
    then
        raise exception 'the entry does not say what is done, or does not follow the last one' using errcode = '22023';
    end if;
    insert into ismap.entry (sequence, kind, previous, recorded_at, content, hash)
        values (last.sequence + 1, 'REDACTION', last.hash, at, content, encode(sha256(content), 'hex'));
    insert into ismap.redaction (record_id, sequence, proposal_id, proposed_by, carried_out_by)
        values (subject.id, last.sequence + 1, proposed.id, proposed.proposed_by, carried_out_by);
    insert into ismap.redacted_key (principal, digest, record_id)
        select k.principal, encode(sha256(convert_to(k.principal || e'\n' || k.key, 'UTF8')), 'hex'), k.record_id
        from ismap.idempotency_key k where k.record_id = subject.id;
    delete from ismap.idempotency_key k where k.record_id = subject.id;
    update ismap.decision_record r
        set request = null, answer = null, salt = null, application = null, service = null, applicant = null,
            assessor = null, supersede_reason = null, found = '{}'
        where r.id = subject.id;
end
$$;

revoke all on function ismap.redact from public;

do $$
declare
    name text;
begin
    foreach name in array array['redaction_proposal', 'redaction', 'redacted_key'] loop
        execute format('create trigger rows_are_final before update or delete on ismap.%I
                        for each row execute function ismap.refuse_change()', name);
        execute format('create trigger table_is_final before truncate on ismap.%I
                        for each statement execute function ismap.refuse_change()', name);
        execute format('alter table ismap.%I enable always trigger rows_are_final', name);
        execute format('alter table ismap.%I enable always trigger table_is_final', name);
    end loop;
end
$$;
