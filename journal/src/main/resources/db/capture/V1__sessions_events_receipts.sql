-- Schema capture: what the journal makes of kontor.session-events and kontor.receipts.
-- Owned by orchestrator-service (Flyway, schema capture, its own history table). ui-gateway reads it.
-- Sequences are 1, 2, 3 ... as in the topics; times are wall clock with microseconds.

create schema if not exists capture;

create table capture.sessions (
    session_id  uuid        primary key,
    lab         text        not null,
    ordinal     bigint,                            -- 1, 2, 3 ... per lab; null: session_started was never read
    started_at  timestamptz not null,
    ended_at    timestamptz,                       -- null: it runs
    end_reason  text                               -- requested, idle
);

-- Not unique: ordinals begin again where Kafka's log is made anew under a kept database.
create index sessions_by_lab on capture.sessions (lab, started_at);

-- One life of an adapter process. From its run_started, whether or not a session was running.
create table capture.runs (
    run_id            uuid        primary key,
    lab               text        not null,
    instance          text        not null,
    instance_address  inet,                        -- null: what the adapter sent is no address
    peer_addresses    jsonb      not null,         -- {"game2": "127.1.0.2"}
    broadcast_address inet,                        -- null: none besides 255.255.255.255
    software_version  text        not null,
    capture_method    text        not null,        -- socket, import
    started_at        timestamptz not null,
    stopped_at        timestamptz                  -- its own word; null: it runs, or was killed
);

create table capture.flows (
    session_id             uuid    not null references capture.sessions on delete cascade,
    flow                   integer not null,       -- session flow number
    protocol               text    not null,       -- tcp, udp
    opener_instance        text    not null,
    opener_address         inet,                   -- as the opener's game sees them; null: none that is an address
    opener_port            integer not null,
    target_instance        text,                   -- null: broadcast, or nobody has that address
    target_address         inet,
    target_port            integer not null,
    first_sequence         bigint  not null,       -- session sequence of its first event
    closed_sequence        bigint,                 -- of the event that ended it; null: still open
    close_reason           text,                   -- closed, reset, refused, timed_out, unreachable
    opener_closed_sequence bigint,                 -- TCP: of the opener's half-close
    target_closed_sequence bigint,                 -- TCP: of the target's half-close
    reference_run_id       uuid,                   -- TCP: the flow reference
    reference_number       bigint,
    primary key (session_id, flow)
);

create table capture.events (
    session_id        uuid        not null references capture.sessions on delete cascade,
    session_sequence  bigint      not null,
    type              text        not null,        -- flow_data, session_started ...; what_not_set: of a newer schema
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
    payload_crc32c    bigint,                      -- as the adapter reckoned it, 0 to 4294967295; 0 without payload
    delivered_payload bytea,                       -- only where other bytes were delivered
    input_topic       text,
    input_partition   integer,
    input_offset      bigint,
    -- Further fields of this kind of event, by their protobuf JSON names: {"streamOffset": 52}. Addresses as
    -- text, numbers as numbers, words as elsewhere here: {"cause": "timed_out"}; never the payload.
    detail            jsonb,
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
    session_id       uuid,                         -- null, both: a command of no session (a run began between two)
    session_sequence bigint,
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
    topic_id    uuid    not null,                  -- Kafka's; another one: the log was made anew
    next_offset bigint  not null,
    owner_epoch bigint  not null,                  -- highest epoch claimed in what was read
    primary key (topic, partition)
);
