-- Runs: a stored session again with other analyzers, beside what the live ones found in it.

-- Every version of a user's analyzer that was used or tried, so that it can be run and promoted again.
create table analysis.analyzer_sources (
    analyzer         text        not null,
    analyzer_version text        not null,
    file             text        not null,
    source           text        not null,
    saved_at         timestamptz not null default now(),
    primary key (analyzer, analyzer_version)
);

-- A version that was put in the place of what the file holds, until the file changes.
create table analysis.promotions (
    analyzer         text primary key,
    analyzer_version text not null,
    over_version     text not null                 -- what the file held then; empty for no file
);

create table analysis.runs (
    run_id        uuid        primary key,
    session_id    uuid        not null,
    state         text        not null,            -- waiting, running, finished, cancelled, failed
    problem       text,
    wanted        jsonb       not null,            -- {"harbour": "0123456789ab"}: not as they are in use
    requested_at  timestamptz not null default now(),
    ended_at      timestamptz,
    last_sequence bigint      not null default 0,  -- how far it is
    total         bigint      not null default 0,  -- the newest event with a message when it began
    messages      bigint      not null default 0
);

create index runs_of_session on analysis.runs (session_id, requested_at);
create index runs_to_do on analysis.runs (requested_at) where state in ('waiting', 'running');

-- What it works with.
create table analysis.run_analyzers (
    run_id           uuid    not null references analysis.runs on delete cascade,
    analyzer         text    not null,
    analyzer_version text    not null,
    is_user          boolean not null,
    primary key (run_id, analyzer)
);

create table analysis.run_messages (
    run_id           uuid    not null references analysis.runs on delete cascade,
    session_sequence bigint  not null,
    analyzer         text    not null,
    message_index    integer not null,             -- 0, 1, 2 ... of that analyzer in that event
    flow             integer not null,
    protocol         text    not null,
    type             text    not null,
    summary          text    not null,
    completeness     text    not null,
    problem          text,
    length           integer not null,
    understood       integer not null,             -- bytes that are in fields with a meaning
    fields           jsonb   not null,
    reassembled      boolean not null,
    primary key (run_id, session_sequence, analyzer, message_index)
);

-- The same of a stored message: its bytes without those that nobody explains.
create function analysis.understood(length integer, fields jsonb) returns integer
language sql immutable parallel safe
return length - coalesce((
    select sum((node ->> 'length')::integer)
    from jsonb_path_query(fields, 'strict $.** ? (@.name like_regex "(\\.unknown|^data\\.data)$")') as node
), 0)::integer;
