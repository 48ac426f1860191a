-- What the service's role may do: add and read. Runs after every migration, so that another role name in the settings
-- takes effect. Where one role is both owner and service, it takes these rights from itself: a slip is refused then,
-- a determined owner is not. That is why the two should be two.
grant usage on schema ismap to "${service}";
grant select, insert on ismap.revision, ismap.revision_file, ismap.decision_record, ismap.entry, ismap.idempotency_key,
    ismap.signing_key, ismap.checkpoint, ismap.token, ismap.token_revocation, ismap.access_event, ismap.token_use, ismap.takeover to "${service}";
revoke delete, truncate, references, trigger
    on ismap.revision, ismap.revision_file, ismap.decision_record, ismap.entry, ismap.idempotency_key,
    ismap.signing_key, ismap.checkpoint, ismap.token, ismap.token_revocation, ismap.access_event, ismap.token_use, ismap.takeover from "${service}";

-- The owner must keep UPDATE: foreign keys lock the row they point at in the owner's name. The triggers refuse it anyway.
do $$
begin
    if current_user <> '${service}' then
        revoke update on ismap.revision, ismap.revision_file, ismap.decision_record, ismap.entry, ismap.idempotency_key,
    ismap.signing_key, ismap.checkpoint, ismap.token, ismap.token_revocation, ismap.access_event, ismap.token_use, ismap.takeover from "${service}";
    end if;
end
$$;

grant update on ismap.token_use to "${service}";

-- The lives of revisions.
grant select, insert on ismap.revision_blob, ismap.revision_event to "${service}";
revoke delete, truncate, references, trigger on ismap.revision_blob, ismap.revision_event from "${service}";
do $$
begin
    if current_user <> '${service}' then
        revoke update on ismap.revision_blob, ismap.revision_event from "${service}";
-- Redactions are proposed like any other addition, and carried out by the function alone.
grant select, insert on ismap.redaction_proposal to "${service}";
grant select on ismap.redaction, ismap.redacted_key to "${service}";
grant execute on function ismap.redact to "${service}";
revoke delete, truncate, references, trigger on ismap.redaction_proposal, ismap.redaction, ismap.redacted_key from "${service}";
do $$
begin
    if current_user <> '${service}' then
        revoke update on ismap.redaction_proposal, ismap.redaction, ismap.redacted_key from "${service}";
        revoke insert on ismap.redaction, ismap.redacted_key from "${service}";
    end if;
end
$$;
-- Kept for their owners and no longer than they wish.
grant select, insert, delete on ismap.saved_self_check to "${service}";
