-- Analyzers that users write: how each gets on, and the results of their own that they have beside fields.

create table analysis.user_analyzers (
    analyzer   text        primary key,
    file       text        not null,               -- in the watched directory
    state      text        not null,               -- current, refused, removed
    version    text        not null,               -- in use; empty for none
    refused    text        not null,               -- what the file holds, if it was refused; else empty
    problems   jsonb       not null,               -- [{"line": 3, "column": 7, "message": "..."}]
    changed_at timestamptz not null default now()
);

create table analysis.results (
    session_id       uuid             not null,
    session_sequence bigint           not null,    -- the event with whose message it was found
    result_index     integer          not null,    -- 0, 1, 2 ... in that event
    analyzer         text             not null,
    analyzer_version text             not null,
    result_type      text             not null,    -- in the analyzer's own words
    confidence       double precision not null,    -- 0 to 1
    analysis_data    jsonb            not null,    -- {"name": "value"}
    related_events   bigint[]         not null,    -- session sequences
    primary key (session_id, session_sequence, result_index, analyzer)
);
