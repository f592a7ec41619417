-- Schema capture: what the journal makes of kontor.session-events and kontor.receipts.
-- Owned by orchestrator-service (Flyway, schema capture, its own history table). ui-gateway reads it.
-- Sequences are 1, 2, 3 ... as in the topics; times are wall clock with microseconds.

create schema if not exists capture;

create table capture.sessions (
    session_id  uuid        primary key,
    lab         text        not null,
    ordinal     bigint      not null,              -- 1, 2, 3 ... per lab
    started_at  timestamptz not null,
    ended_at    timestamptz,                       -- null: it runs
    end_reason  text,                              -- requested, idle
    unique (lab, ordinal)
);

-- One life of an adapter process. From its run_started, whether or not a session was running.
create table capture.runs (
    run_id           uuid        primary key,
    lab              text        not null,
    instance         text        not null,
    instance_address inet        not null,
    peer_addresses   jsonb       not null,         -- {"game2": "127.1.0.2"}
    software_version text        not null,
    started_at       timestamptz not null
);

create table capture.flows (
    session_id      uuid    not null references capture.sessions on delete cascade,
    flow            integer not null,              -- session flow number
    protocol        text    not null,              -- tcp, udp
    opener_instance text    not null,
    opener_address  inet    not null,              -- as the opener's game sees them
    opener_port     integer not null,
    target_instance text,                          -- null: broadcast, or nobody has that address
    target_address  inet    not null,
    target_port     integer not null,
    first_sequence  bigint  not null,              -- session sequence of its first event
    closed_sequence bigint,                        -- of the event that ended it; null: still open
    close_reason    text,                          -- closed, reset, refused, timed_out, unreachable
    primary key (session_id, flow)
);

create table capture.events (
    session_id        uuid        not null references capture.sessions on delete cascade,
    session_sequence  bigint      not null,
    type              text        not null,        -- flow_data, datagram, session_started ...
    owner_epoch       bigint      not null,
    sequenced_at      timestamptz not null,
    verdict           text        not null,        -- observed, relayed, mutated, held, dropped, injected, undeliverable
    verdict_detail    text,
    -- The rest is null for what no adapter said (session_started, session_ended).
    instance          text,
    run_id            uuid,
    adapter_sequence  bigint,
    captured_at       timestamptz,
    flow              integer,
    from_opener       boolean,
    payload           bytea,                       -- null: this kind of event has none; may be empty
    payload_crc32c    bigint,                      -- as the adapter reckoned it, 0 to 4294967295
    delivered_payload bytea,                       -- only where other bytes were delivered
    input_topic       text,
    input_partition   integer,
    input_offset      bigint,
    detail            jsonb,                       -- further fields of this kind of event, by their protobuf JSON names
    primary key (session_id, session_sequence)
);

create index events_by_run on capture.events (run_id, adapter_sequence);
create index events_by_flow on capture.events (session_id, flow, session_sequence);

create table capture.deliveries (
    session_id       uuid   not null,
    session_sequence bigint not null,
    instance         text   not null,
    target_run_id    uuid   not null,
    command_sequence bigint not null,
    primary key (session_id, session_sequence, instance),
    foreign key (session_id, session_sequence) references capture.events on delete cascade
);

create index deliveries_by_command on capture.deliveries (target_run_id, command_sequence);

-- May be here before the delivery it answers: it comes by another topic.
create table capture.receipts (
    target_run_id    uuid        not null,
    command_sequence bigint      not null,
    instance         text        not null,
    run_id           uuid        not null,         -- of the adapter that spoke
    session_id       uuid        not null,
    session_sequence bigint      not null,
    outcome          text        not null,         -- done, failed, stale_run, stale_owner
    done_at          timestamptz not null,
    payload_bytes    bigint      not null,
    detail           text,
    primary key (target_run_id, command_sequence, run_id)
);

create index receipts_by_session on capture.receipts (session_id, session_sequence);

-- Where the journal goes on: written in the same transaction as the rows.
create table capture.journal_positions (
    topic       text    not null,
    partition   integer not null,
    next_offset bigint  not null,
    owner_epoch bigint  not null,                  -- highest epoch claimed in what was read
    primary key (topic, partition)
);
