-- Finding records again. See docs/adr/0012-what-a-record-found-is-a-column.md.

-- "rule:…" for each rule with a finding other than NOT_APPLICABLE, "clause:…" for each clause that such a finding cites.
-- Answers are canonical JSON; what is none finds nothing.
create function ismap.found_in(answer bytea) returns text[]
    language plpgsql immutable strict parallel safe as $$
declare
    findings jsonb;
begin
    findings := jsonb_path_query_array(
        convert_from(answer, 'UTF8')::jsonb, '$.findings[*] ? (@.status != "NOT_APPLICABLE")');
    return array(
        select 'rule:' || (finding ->> 'rule') from jsonb_array_elements(findings) finding
        where finding ->> 'rule' is not null
        union
        select 'clause:' || concat_ws(' ', finding -> 'citation' ->> 'document', finding -> 'citation' ->> 'clause')
        from jsonb_array_elements(findings) finding
        where finding -> 'citation' ->> 'clause' is not null);
exception when data_exception then
    return '{}';
end
$$;

-- Rewrites the table once, six minutes for a million records: so that those of earlier versions have it too. From then on
-- the service fills it, in the threads of its callers.
alter table ismap.decision_record add found text[] not null generated always as (ismap.found_in(answer)) stored;
alter table ismap.decision_record alter column found drop expression;
drop function ismap.found_in;

create index decision_record_by_found on ismap.decision_record using gin (found);
create index decision_record_by_outcome on ismap.decision_record (outcome, sequence desc);
create index decision_record_by_applicant on ismap.decision_record (applicant, sequence desc) where applicant is not null;
create index decision_record_by_assessor on ismap.decision_record (assessor, sequence desc) where assessor is not null;
create index decision_record_by_applicable_day on ismap.decision_record (applicable_day, sequence desc);

-- Instants of records never run backwards: a span of time is a span of sequences.
create index decision_record_by_time on ismap.decision_record (recorded_at, sequence);
drop index ismap.decision_record_newest_first;
