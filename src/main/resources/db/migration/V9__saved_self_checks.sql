-- Answers of a self-check that somebody asked to have kept. No record: nobody but the holder of the code can read them, they end
-- after thirty days, and they are deleted when their owner says so.
create table ismap.saved_self_check (
    code_hash  bytea       primary key check (octet_length(code_hash) = 32),
    -- AES-GCM under a key that follows from the code, which is kept nowhere.
    sealed     bytea       not null check (octet_length(sealed) <= 262144),
    expires_at timestamptz not null default clock_timestamp() + interval '30 days'
);

create index saved_self_check_expiry on ismap.saved_self_check (expires_at);
