-- Schema analysis: the messages that analyzers found. Owned by analysis-service (Flyway, schema analysis,
-- its own history table). ui-gateway reads it. No foreign key into schema capture: the journal may lag.

create schema if not exists analysis;

create table analysis.messages (
    session_id       uuid    not null,
    session_sequence bigint  not null,             -- the event with which the message became whole
    message_index    integer not null,             -- 0, 1, 2 ... in that event
    analyzer         text    not null,
    analyzer_version text    not null,
    flow             integer not null,
    from_instance    text    not null,
    to_instance      text,                         -- null: several
    protocol         text    not null,             -- dplay, x642, data
    type             text    not null,             -- ENUMSESSIONS, VALUES ...
    summary          text    not null,
    completeness     text    not null,             -- whole, malformed, truncated, unknown
    problem          text,
    length           integer not null,
    spans            jsonb   not null,             -- [{"sequence": 7, "offset": 0, "length": 52}]
    fields           jsonb   not null,             -- as Field in analysis_result.proto
    primary key (session_id, session_sequence, message_index, analyzer)
);

create index messages_by_flow on analysis.messages (session_id, flow, session_sequence);

-- Where analysis goes on: written in the same transaction as the rows.
create table analysis.positions (
    topic       text    not null,
    partition   integer not null,
    next_offset bigint  not null,
    owner_epoch bigint  not null,                  -- highest epoch claimed in what was read
    primary key (topic, partition)
);

-- The sessions that analysis has met. What a message is depends on what was said before it in its session,
-- so a restarted reader begins with the first record of the oldest session that has not ended.
create table analysis.sessions (
    session_id   uuid    primary key,
    lab          text    not null,
    topic        text    not null,
    partition    integer not null,
    first_offset bigint  not null,                 -- of its first record
    owner_epoch  bigint  not null,                 -- highest epoch claimed before that record
    ended        boolean not null default false
);

create index sessions_running on analysis.sessions (topic, partition) where not ended;
