-- What the service's role may do: add and read. Runs after every migration, so that another role name in the settings
-- takes effect. Where one role is both owner and service, it takes these rights from itself: a slip is refused then,
-- a determined owner is not. That is why the two should be two.
grant usage on schema ismap to "${service}";
grant select, insert on ismap.revision, ismap.revision_file, ismap.decision_record, ismap.entry, ismap.idempotency_key,
    ismap.signing_key, ismap.checkpoint, ismap.token, ismap.token_revocation, ismap.access_event, ismap.token_use to "${service}";
revoke delete, truncate, references, trigger
    on ismap.revision, ismap.revision_file, ismap.decision_record, ismap.entry, ismap.idempotency_key,
    ismap.signing_key, ismap.checkpoint, ismap.token, ismap.token_revocation, ismap.access_event, ismap.token_use from "${service}";

-- The owner must keep UPDATE: foreign keys lock the row they point at in the owner's name. The triggers refuse it anyway.
do $$
begin
    if current_user <> '${service}' then
        revoke update on ismap.revision, ismap.revision_file, ismap.decision_record, ismap.entry, ismap.idempotency_key,
    ismap.signing_key, ismap.checkpoint, ismap.token, ismap.token_revocation, ismap.access_event, ismap.token_use from "${service}";
    end if;
end
$$;

grant update on ismap.token_use to "${service}";

-- Kept for their owners and no longer than they wish.
grant select, insert, delete on ismap.saved_self_check to "${service}";
