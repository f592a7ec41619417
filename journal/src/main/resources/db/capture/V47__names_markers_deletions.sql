-- What people say of sessions. Written by ui-gateway, and by nobody else; the log knows nothing of it.

create table capture.session_notes (
    session_id uuid primary key references capture.sessions on delete cascade,
    name       text,                               -- null: "<lab> <ordinal>"
    note       text
);

create table capture.markers (
    session_id       uuid        not null references capture.sessions on delete cascade,
    marker_id        uuid        not null,
    session_sequence bigint      not null,
    label            text        not null,
    created_at       timestamptz not null,
    primary key (session_id, marker_id)
);

create index markers_by_sequence on capture.markers (session_id, session_sequence);

-- Sessions that somebody deleted. They are never shown again, whatever is read from the log once more.
create table capture.deleted_sessions (
    session_id uuid        primary key,
    lab        text        not null,
    name       text        not null,
    deleted_at timestamptz not null
);
