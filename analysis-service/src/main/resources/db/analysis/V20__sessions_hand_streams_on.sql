-- A TCP flow outlives a session: the next session of the lab goes on at the boundary between two messages that
-- the one before knows. Both ends are stored, so that a session that is read again begins as it did before.

alter table analysis.sessions
    add column opened_order bigint generated always as identity,
    add column begun_with jsonb,                   -- by analyzer: where each open stream stood
    add column left_over  jsonb;                   -- the same, at the session's end

create index sessions_of_lab on analysis.sessions (lab, opened_order) where ended;
