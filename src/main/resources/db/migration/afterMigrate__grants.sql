-- What the service's role may do: read all, add to most, and in two places more. Runs after every migration, so that another role
-- name in the settings takes effect. Where one role is both owner and service, it takes these rights from itself: a slip is refused then,
-- a determined owner is not. That is why the two should be two.
grant usage on schema ismap to "${service}";

do $$
declare
    -- What may be added to.
    added constant text[] := array['revision', 'revision_file', 'revision_blob', 'revision_event', 'takeover',
        'decision_record', 'entry', 'idempotency_key', 'redaction_proposal', 'signing_key', 'checkpoint',
        'token', 'token_revocation', 'access_event', 'token_use', 'saved_self_check'];
    -- What the function ismap.redact alone adds to.
    redacted constant text[] := array['redaction', 'redacted_key'];
    name text;
begin
    foreach name in array added || redacted loop
        execute format('grant select on ismap.%I to "${service}"', name);
        execute format('revoke delete, truncate, references, trigger on ismap.%I from "${service}"', name);
        -- The owner must keep UPDATE: foreign keys lock the row they point at in the owner's name. The triggers refuse it anyway.
        if current_user <> '${service}' then
            execute format('revoke insert, update on ismap.%I from "${service}"', name);
        end if;
    end loop;
    foreach name in array added loop
        execute format('grant insert on ismap.%I to "${service}"', name);
    end loop;
end
$$;

grant execute on function ismap.redact to "${service}";

-- To the hour, when a token was last used.
grant update on ismap.token_use to "${service}";

-- Kept for their owners and no longer than they wish.
grant delete on ismap.saved_self_check to "${service}";
