-- What a question about a session's continuity need not find out again.

-- Where the records stand that a session's rows were made of. Written with the rows; none for sessions of before
-- this version: their topics are read from the beginning.
create table capture.session_ranges (
    session_id   uuid    not null references capture.sessions on delete cascade,
    topic        text    not null,
    partition    integer not null,
    first_offset bigint  not null,
    last_offset  bigint  not null,
    owner_epoch  bigint  not null,                 -- highest epoch claimed before the first of them
    primary key (session_id, topic, partition)
);

-- Verdicts that nothing can change any more: of sessions that have ended and whose every command is answered for.
-- Written by ui-gateway, the only one of these tables that it writes; whatever the journal writes of a session
-- takes its verdicts away.
create table capture.verdicts (
    session_id uuid        not null references capture.sessions on delete cascade,
    deep       boolean     not null,               -- whether the topics were read again
    checked_at timestamptz not null,
    report     jsonb       not null,               -- as the API answers it
    primary key (session_id, deep)
);
